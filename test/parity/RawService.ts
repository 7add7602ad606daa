/** The AWS SDK's clients for STS and Parameter Store without any code of the connector. */
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type {
  WireRequest,
  WireResponse,
} from "../../src/engine/http/transport";
import { createRequestHandler, type SdkConnection } from "./RawSdk";

const CLIENTS = { sts: STSClient, ssm: SSMClient };

/** Records its requests and returns a fixed response. Expensive to create: share it between tests if possible. */
export class RawService {
  readonly requests: WireRequest[] = [];
  /** The response to every request from now on. */
  response: WireResponse = {
    statusCode: 500,
    headers: {},
    body: Buffer.alloc(0),
  };
  readonly #client: STSClient;

  constructor(service: "sts" | "ssm", connection: SdkConnection) {
    const { region, credentials, endpoint, useFips, useDualStack } = connection;
    this.#client = new CLIENTS[service]({
      region,
      credentials: { ...credentials } as never,
      ...(endpoint !== undefined && { endpoint }),
      useFipsEndpoint: useFips ?? false,
      useDualstackEndpoint: useDualStack ?? false,
      maxAttempts: 1,
      requestHandler: createRequestHandler(this.requests, () => this.response),
    }) as STSClient;
  }

  /** Sends a command of either client. */
  send<Output>(command: { readonly input: object }): Promise<Output> {
    return this.#client.send<never, never>(command as never);
  }

  /** Sends a command, and returns its request whatever the response. */
  async requestOf(command: {
    readonly input: object;
  }): Promise<WireRequest | undefined> {
    await this.send(command).catch(() => undefined);
    return this.requests.at(-1);
  }
}
