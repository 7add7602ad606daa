/** One HTTP request, signed and ready to go. */
export interface WireRequest {
  readonly method: string;
  readonly protocol: "http:" | "https:";
  readonly hostname: string;
  readonly port?: number | undefined;
  /** Path with its query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

/** One HTTP answer, read to its end. */
export interface WireResponse {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
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
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Why there was no whole response. */
export class WireError extends Error {
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
