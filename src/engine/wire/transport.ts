/** One HTTP request, signed and ready to go. */
export interface WireRequest {
  /** `GET`, `POST` or `DELETE`. */
  readonly method: string;

  /** With its colon. */
  readonly protocol: "http:" | "https:";

  /** Without port. */
  readonly hostname: string;

  /** Absent: the protocol's own. */
  readonly port?: number | undefined;

  /** Path with its query, percent-encoded. */
  readonly path: string;

  /** The signature among them. */
  readonly headers: Readonly<Record<string, string>>;

  /** Absent: none. */
  readonly body?: string | Uint8Array | undefined;
}

/** One HTTP answer, read to its end. */
export interface WireResponse {
  /** HTTP status. */
  readonly statusCode: number;

  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  /** Empty where there is none. */
  readonly body: Uint8Array;
}

/** What goes with one request. */
export interface SendOptions {
  /** Ends the request: its socket is closed. */
  readonly signal: AbortSignal;

  /** Called when the request may have begun to reach the other side. Until then it certainly has not. */
  readonly onSent?: (() => void) | undefined;
}

/**
 * The wire: sends a request and answers with the whole response. The seam at which a test stands in for AWS.
 *
 * @throws {@link WireError} when there is no whole response; nothing else.
 */
export interface Transport {
  /** Sends one request. */
  send(request: WireRequest, options: SendOptions): Promise<WireResponse>;

  /** How many sockets are open, how many of them are idle, how many requests wait for one. Absent: it has none. */
  inspect?(): SocketCounts;

  /** Lets go of idle sockets, and of busy ones when they are done. */
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

/** Why there was no whole response. */
export class WireError extends Error {
  /** Literal, whatever a minifier does to the class. */
  override readonly name = "WireError";

  /** The system's code, for example `ECONNREFUSED`, or one of ours: `CONNECT_TIMEOUT`, `TRUNCATED`, `ABORTED`. */
  readonly code: string;

  /** Tells the AWS SDK that another attempt may help; whether one is allowed is decided elsewhere. */
  readonly $retryable?: object;

  constructor(code: string, cause?: Error) {
    super(cause?.message ?? code, { cause });
    this.code = code;
    if (code !== "ABORTED") this.$retryable = {};
  }
}
