/** The AWS SDK's Lambda client without any code of the connector: the reference that the connector is compared with. */
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

/** Connection options that the connector and the AWS SDK have in common. */
export interface SdkConnection {
  readonly region: string;
  readonly credentials: CredentialsLike;
  readonly endpoint?: string;
  readonly useFips?: boolean;
  readonly useDualStack?: boolean;
}

/** A request as the SDK passes it to its request handler. */
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

const EMPTY_RESPONSE: WireResponse = {
  statusCode: 200,
  headers: {},
  body: Buffer.from("{}"),
};

/** Records its requests and returns a fixed response. Expensive to create: share it between tests if possible. */
export class RawSdk {
  readonly requests: WireRequest[] = [];
  /** The response to every request from now on. */
  response = EMPTY_RESPONSE;
  readonly #client: LambdaClient;

  constructor(connection: SdkConnection) {
    const { region, credentials, endpoint, useFips, useDualStack } = connection;
    this.#client = new LambdaClient({
      region,
      credentials: { ...credentials } as never,
      ...(endpoint !== undefined && { endpoint }),
      useFipsEndpoint: useFips ?? false,
      useDualstackEndpoint: useDualStack ?? false,
      maxAttempts: 1,
      requestHandler: createRequestHandler(this.requests, () => this.response),
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

/** Creates a request handler that records its requests. */
export function createRequestHandler(
  requests: WireRequest[],
  respond: () => WireResponse,
): never {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: (request: SdkRequest) => {
      requests.push(toWireRequest(request));
      const { statusCode, headers, body } = respond();
      return Promise.resolve({
        response: { statusCode, headers: { ...headers }, body },
      });
    },
  } as never;
}

/** Converts a request as the SDK's request handler for Node does. */
function toWireRequest(request: SdkRequest): WireRequest {
  const { method, protocol, hostname, port, path, query, headers, body } =
    request;
  const queryString = buildQueryString(query ?? {});
  return {
    method,
    protocol: protocol as "http:",
    hostname,
    port,
    path: queryString === "" ? path : `${path}?${queryString}`,
    headers,
    body,
  };
}
