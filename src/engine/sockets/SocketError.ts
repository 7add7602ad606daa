/** Why no socket was opened. Nothing was sent to the server. */
export class SocketError extends Error {
  override readonly name = "SocketError";

  /**
   * An error code of the system, such as `ECONNREFUSED`, or `CONNECT_TIMEOUT`, `ABORTED` or `PROXY`.
   */
  readonly code: string;

  /** Whether the connection to the proxy, or the proxy itself, failed. */
  readonly isProxy: boolean;

  constructor(
    code: string,
    { cause, isProxy = false }: { cause?: Error; isProxy?: boolean } = {},
  ) {
    super(code, { cause });
    this.code = code;
    this.isProxy = isProxy;
  }
}

/** A proxy did not open a tunnel, or cannot be used. The message says why, and continues a sentence. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
  readonly code = "PROXY";

  /** What to do. `undefined`: check the proxy. */
  readonly advice: string | undefined;

  /** Whether another attempt would fail in the same way. */
  readonly isPermanent: boolean;

  constructor(
    message: string,
    init: { readonly advice?: string; readonly isPermanent: boolean },
  ) {
    super(message);
    this.advice = init.advice;
    this.isPermanent = init.isPermanent;
  }
}
