import { errorMessage } from "../text/errorMessage";

/** An HTTP request. It is signed when its headers are read for the first time. */
export interface WireRequest {
  /** HTTP method: `GET`, `POST` or `DELETE`. */
  readonly method: string;

  /** Protocol, with its colon. */
  readonly protocol: "http:" | "https:";

  /** Host without port. An IPv6 address is in brackets. */
  readonly hostname: string;

  /** Port, 1 to 65,535. Defaults to the protocol's port: 443, or 80 for `http:`. */
  readonly port?: number | undefined;

  /** Path and query, percent-encoded. */
  readonly path: string;

  /**
   * Headers, including the signature. Read them only when you send the request: AWS rejects a signature that is older than
   * five minutes. Send them unchanged: AWS rejects a request whose signed headers were changed.
   */
  readonly headers: Readonly<Record<string, string>>;

  /** Body; a string is sent as UTF-8. Defaults to no body. */
  readonly body?: string | Uint8Array | undefined;
}

/** An HTTP response with its whole body. */
export interface WireResponse {
  /** HTTP status code. */
  readonly statusCode: number;

  /** Headers, with names in lower case. Several values of one header are joined with commas. */
  readonly headers: Readonly<Record<string, string>>;

  /** The whole body; empty if the response has none. */
  readonly body: Uint8Array;
}

/** An HTTP response whose body is streamed. */
export interface WireStream extends Omit<WireResponse, "body"> {
  /** Chunks of the body, read as they are consumed. Ending the iteration early closes the socket. */
  readonly body: AsyncIterable<Uint8Array>;

  /**
   * Resolves when the response no longer uses its socket, even if its body was not read. The call's timer is stopped then.
   * Optional; without it, the timer runs until the body has been read or the time runs out.
   */
  readonly closed?: Promise<void>;
}

/** Options of one request, set by the connector. */
export interface SendOptions {
  /** Aborts the request: the transport closes the socket, and `send` rejects with the code `ABORTED`. */
  readonly signal: AbortSignal;

  /**
   * Must be called as soon as the request may have begun to reach the server. An error before this call has
   * `execution: "did-not-run"`. Optional; if it is not set, the connector does not need to know.
   */
  readonly onSent?: (() => void) | undefined;

  /**
   * Registers a callback that is called when the request is aborted, or immediately if it already was. Returns a function that
   * removes the callback. Has the effect of `signal`, but is cheaper for thousands of requests per second. Optional; if it is
   * not set, use `signal`.
   */
  readonly onEnd?: ((end: () => void) => () => void) | undefined;

  /**
   * Largest body of the response that is accepted, in bytes: stop reading there, close the socket, and reject. Bodies of
   * error responses are accepted up to 262,144 bytes. The connector checks the body again, so a transport can ignore this.
   * Optional; defaults to 262,144. Not used by {@link Transport.stream}.
   */
  readonly maxBodyBytes?: number | undefined;
}

/**
 * Sends the connector's HTTP requests. The default one uses `node:http` and `node:https` with pooled sockets. Pass another one
 * as a test hook to replace AWS in tests.
 *
 * @example
 * import { createConnector, type Transport } from "aws-lambda-connector";
 *
 * const transport: Transport = {
 *   send(request, { onSent }) {
 *     onSent?.();
 *     console.log(request.method, request.path);
 *     const body = Buffer.from('{"Functions":[]}');
 *     return Promise.resolve({ statusCode: 200, headers: {}, body });
 *   },
 * };
 * const credentials = {
 *   accessKeyId: "AKIAIOSFODNN7EXAMPLE",
 *   secretAccessKey: "wJalrXUtnFEMI",
 * };
 * const connector = createConnector(
 *   { region: "eu-central-1", credentials },
 *   { transport },
 * );
 * console.log(await connector.listFunctions()); // []
 */
export interface Transport {
  /**
   * Sends a request once and returns the whole response, whatever its status. The connector decides about retries.
   *
   * @throws {@link WireError} if there is no complete response. Its `code` appears in the message of `ERR_TRANSPORT`.
   */
  send(request: WireRequest, options: SendOptions): Promise<WireResponse>;

  /**
   * Sends a request once and returns the response as soon as its headers have arrived. Used for response streams. Optional;
   * defaults to `send`, which waits for the whole response.
   *
   * @throws {@link WireError}, also while the body is read.
   */
  stream?(request: WireRequest, options: SendOptions): Promise<WireStream>;

  /** Counts sockets and waiting requests, for `pool`. Optional; without it, the counts are 0. */
  inspect?(): SocketCounts;

  /**
   * Closes idle sockets now, and sockets in use after their response. The connector never closes a transport that was passed
   * to it: call `close` yourself. Optional.
   */
  close?(): void;
}

/** The number of sockets of a transport, and of requests that wait for one. */
export interface SocketCounts {
  /** Open sockets, including idle ones. */
  readonly open: number;

  /** Open sockets that no request uses. */
  readonly idle: number;

  /** Requests that wait for a socket because the limit `maxSockets` is reached. */
  readonly waiting: number;
}

/**
 * There was no complete response. Thrown by a {@link Transport}; the connector converts it to `ERR_TRANSPORT`.
 *
 * @example
 * import { WireError, type Transport } from "aws-lambda-connector";
 *
 * export const unreachable: Transport = {
 *   send: () => Promise.reject(new WireError("ECONNREFUSED")),
 * };
 */
export class WireError extends Error {
  /** Always `WireError`, even in minified code. */
  override readonly name = "WireError";

  /**
   * What happened: an error code of the system, for example `ECONNREFUSED`, or `CONNECT_TIMEOUT`, `TRUNCATED`, `ABORTED`,
   * `PROXY`, `INTERIM` (too many 1xx responses), `TOO_LARGE` (the body of the response) or `NO_LENGTH` (the response does not
   * say where its body ends).
   */
  readonly code: string;

  /** The server, as `host:port`. Not set if it is unknown. */
  readonly host?: string;

  /** The proxy, if no connection was made through it: host, port and where it is configured. Not set otherwise. */
  readonly proxy?: string;

  /**
   * Marks the error as transient for the AWS SDK. The connector decides whether the request is sent again. Not set for
   * `ABORTED`.
   */
  readonly $retryable?: object;

  /**
   * Creates an error for a transport to throw.
   *
   * @param code - What happened.
   * @param cause - The underlying error; its message becomes the message. Optional; the message defaults to the code.
   */
  constructor(code: string, cause?: Error) {
    super(errorMessage(cause) || code, { cause });
    this.code = code;
    if (code !== "ABORTED") this.$retryable = {};
  }
}
