import {
  EndpointError,
  type AskEndpoint,
  type EndpointRequest,
} from "../src/engine/credentials/chain/askEndpoint";

/** A status without a body, the body of a response with status 200, or the failure of a request. */
export type EndpointReply = number | string | EndpointError;

/** The metadata services of a container and an instance, without sockets. */
export class FakeEndpoint {
  readonly requests: EndpointRequest[] = [];
  readonly #replies: Map<string, readonly EndpointReply[]>;
  readonly #count = new Map<string, number>();

  /** @param replies - The replies for each path, in order. The last one is repeated, and other paths have status 404. */
  constructor(replies: Readonly<Record<string, readonly EndpointReply[]>>) {
    this.#replies = new Map(Object.entries(replies));
  }

  readonly ask: AskEndpoint = (request) => {
    this.requests.push(request);
    const { path } = request;
    const count = this.#count.get(path) ?? 0;
    this.#count.set(path, count + 1);
    const replies = this.#replies.get(path) ?? [404];
    const reply = replies[Math.min(count, replies.length - 1)] ?? 404;
    if (reply instanceof EndpointError) return Promise.reject(reply);
    return Promise.resolve(
      typeof reply === "number"
        ? { status: reply, text: undefined }
        : { status: 200, text: reply },
    );
  };

  /** Replaces the replies of a path. */
  respondWith(path: string, ...replies: readonly EndpointReply[]): void {
    this.#replies.set(path, replies);
    this.#count.delete(path);
  }

  /** Method and path of each request. */
  get sent(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }
}

/** A document of credentials. */
export function credentialsDocument(
  fields: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    AccessKeyId: "ASIAOFMACHINE0000001",
    SecretAccessKey: "machinesecret",
    Token: "machinetoken",
    Expiration: "2099-01-01T00:00:00Z",
    ...fields,
  });
}
