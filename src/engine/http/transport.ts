/** One HTTP request, signed and ready to go. */
export interface WireRequest {
  /** HTTP method: `GET`, `POST` or `DELETE`. */
  readonly method: string;

  /** Protocol, with its colon. */
  readonly protocol: "http:" | "https:";

  /** Host, without port; an IPv6 address stands in brackets. */
  readonly hostname: string;

  /** Port, 1 to 65,535. Absent: the protocol's own. */
  readonly port?: number | undefined;

  /** Path with its query, percent-encoded. */
  readonly path: string;

  /** Headers, the signature among them; sent as they are, or AWS refuses. */
  readonly headers: Readonly<Record<string, string>>;

  /** Body, text as UTF-8. Absent: none. */
  readonly body?: string | Uint8Array | undefined;
}

/** One HTTP answer, read to its end. */
export interface WireResponse {
  /** HTTP status. */
  readonly statusCode: number;

  /** Headers, their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  /** Body, whole; empty where there is none. */
  readonly body: Uint8Array;
}

/** One HTTP answer, its body as it comes. */
export interface WireStream extends Omit<WireResponse, "body"> {
  /** The body, piece by piece, at the pace of who reads it; leaving it closes the socket. */
  readonly body: AsyncIterable<Uint8Array>;

  /** Settles when the socket is done with, whether or not the body was read. Absent: not known. */
  readonly closed?: Promise<void>;
}

/** What goes with one request. */
export interface SendOptions {
  /** Ends the request when it fires: its socket is closed, and `send` rejects with `ABORTED`. */
  readonly signal: AbortSignal;

  /**
   * To be called once, when the request may have begun to reach the other side; until then it certainly has not, and an
   * error's `execution` says `did-not-run`. Absent: nobody wants to know.
   */
  readonly onSent?: (() => void) | undefined;

  /**
   * The same as `signal`, for who sends thousands a second: calls back at the end, at once where it has come already,
   * unless what it answers is called before. Absent: listen to `signal`.
   */
  readonly onEnd?: (end: () => void) => () => void;
}

/**
 * The wire: sends a request and answers with the whole response. The seam at which a test stands in for AWS.
 *
 * @example
 * import { createConnector, type Transport } from "aws-lambda-connector";
 *
 * const transport: Transport = {
 *   send(request, { onSent }) {
 *     onSent?.();
 *     console.log(request.method, request.path);
 *     return Promise.resolve({ statusCode: 200, headers: {}, body: Buffer.from('{"Functions":[]}') });
 *   },
 * };
 * const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI" };
 * const connector = createConnector({ region: "eu-central-1", credentials }, { transport });
 * console.log(await connector.listFunctions()); // []
 */
export interface Transport {
  /**
   * Sends one request, once, and reads its response to the end, whatever its status.
   *
   * @throws {@link WireError} when there is no whole response; nothing else. Its `code` is told in the message of
   * `ERR_TRANSPORT`.
   */
  send(request: WireRequest, options: SendOptions): Promise<WireResponse>;

  /**
   * Sends one request, and answers as soon as the head of the response is there. Absent: the whole response is waited for.
   *
   * @throws {@link WireError}, here or while the body is read.
   */
  stream?(request: WireRequest, options: SendOptions): Promise<WireStream>;

  /** How many sockets are open, how many of them are idle, how many requests wait for one. Absent: counted as none. */
  inspect?(): SocketCounts;

  /** Lets go of idle sockets, and of busy ones when they are done. Whoever handed a transport in calls it himself. */
  close?(): void;
}

/** The sockets of a transport. */
export interface SocketCounts {
  /** Open sockets, idle ones included. */
  readonly open: number;

  /** Open sockets that nobody uses. */
  readonly idle: number;

  /** Requests that wait for a socket. */
  readonly waiting: number;
}

/**
 * Why there was no whole response: what a {@link Transport} throws. Callers meet it as `ERR_TRANSPORT`.
 *
 * @example
 * import { WireError, type Transport } from "aws-lambda-connector";
 *
 * export const broken: Transport = { send: () => Promise.reject(new WireError("ECONNREFUSED")) };
 */
export class WireError extends Error {
  /** Always `WireError`; literal, whatever a minifier does to the class. */
  override readonly name = "WireError";

  /**
   * Code of what happened: the system's, for example `ECONNREFUSED`, or one of ours: `CONNECT_TIMEOUT`, `TRUNCATED`,
   * `ABORTED`, `PROXY`.
   */
  readonly code: string;

  /** Who was asked, as `host:port`. Absent: not known. */
  readonly host?: string;

  /** The proxy that could not be passed, as it is told to a user. Absent: none stood in the way. */
  readonly proxy?: string;

  /**
   * Tells the AWS SDK that another attempt may help; whether one is allowed is decided elsewhere. Absent for `ABORTED`.
   */
  readonly $retryable?: object;

  /**
   * @param code - What happened.
   * @param cause - What led to it; its message becomes this one's. Absent: the code is the message.
   */
  constructor(code: string, cause?: Error) {
    super(cause?.message ?? code, { cause });
    this.code = code;
    if (code !== "ABORTED") this.$retryable = {};
  }
}
