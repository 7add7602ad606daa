/** The AWS SDK's own client for Lambda, with nothing of ours in it: what our wire is held against. */
import {
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  type InvokeCommandInput,
  type InvokeCommandOutput,
  type ListFunctionsCommandInput,
  type ListFunctionsCommandOutput,
} from "@aws-sdk/client-lambda";
import { buildQueryString } from "@smithy/core/protocols";
import type { CredentialsLike } from "../../domain";
import type {
  WireRequest,
  WireResponse,
} from "../../src/engine/http/transport";

/** Where and as whom, as both sides are told. */
export interface SdkConnection {
  readonly region: string;
  readonly credentials: CredentialsLike;
  readonly endpoint?: string;
  readonly useFips?: boolean;
  readonly useDualStack?: boolean;
}

/** What the SDK hands to its request handler. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

const NOTHING: WireResponse = {
  statusCode: 200,
  headers: {},
  body: Buffer.from("{}"),
};

/** A raw client that is answered what a test says, and whose requests are kept; made once where it can be, as it is dear. */
export class RawSdk {
  readonly requests: WireRequest[] = [];
  /** What the next request is answered. */
  response = NOTHING;
  readonly #client: LambdaClient;

  constructor(place: SdkConnection) {
    const { region, credentials, endpoint, useFips, useDualStack } = place;
    this.#client = new LambdaClient({
      region,
      credentials: { ...credentials } as never,
      ...(endpoint !== undefined && { endpoint }),
      useFipsEndpoint: useFips ?? false,
      useDualstackEndpoint: useDualStack ?? false,
      maxAttempts: 1,
      requestHandler: {
        metadata: { handlerProtocol: "http/1.1" },
        handle: (request: SdkRequest) => {
          this.requests.push(toWire(request));
          const { statusCode, headers, body } = this.response;
          return Promise.resolve({
            response: { statusCode, headers: { ...headers }, body },
          });
        },
      } as never,
    });
  }

  invoke(input: InvokeCommandInput): Promise<InvokeCommandOutput> {
    return this.#client.send(new InvokeCommand(input));
  }

  listFunctions(
    input: ListFunctionsCommandInput,
  ): Promise<ListFunctionsCommandOutput> {
    return this.#client.send(new ListFunctionsCommand(input));
  }
}

/** As the SDK's own handler for Node puts a request on the wire. */
function toWire(request: SdkRequest): WireRequest {
  const { method, protocol, hostname, port, path, query, headers, body } =
    request;
  const text = buildQueryString(query ?? {});
  return {
    method,
    protocol: protocol as "http:",
    hostname,
    port,
    path: text === "" ? path : `${path}?${text}`,
    headers,
    body,
  };
}
