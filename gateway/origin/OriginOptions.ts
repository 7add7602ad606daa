/**
 * Options for a route whose origin is a URL.
 *
 * @category Gateway
 */
export interface OriginOptions {
  /**
   * Longest wait for the headers of the response after the whole request has been sent, and then between two chunks of its body; in
   * milliseconds, 1 to 2,147,483,647. Time that the client spends sending or reading is not counted. Defaults to 60,000 (one minute).
   */
  readonly timeoutMs?: number | undefined;

  /** Longest time for opening a connection, in milliseconds, 1 to 2,147,483,647. Defaults to 3,000. */
  readonly connectTimeoutMs?: number | undefined;

  /**
   * Sends the client's `Host` header to the origin. Defaults to false: the origin receives its own host, and the client's host as
   * `X-Forwarded-Host`.
   */
  readonly keepHost?: boolean | undefined;

  /**
   * Keeps the incoming `X-Forwarded-For`, `-Proto`, `-Host` and `-Port` headers, and appends the client's address to the first. Set it only
   * if every client is a proxy that you trust, and `trustedProxies` otherwise. Defaults to false: all four describe the connection to the
   * gateway, unless it is one of a trusted proxy.
   */
  readonly trustForwarded?: boolean | undefined;

  /**
   * Adds `X-Amzn-Trace-Id` and `traceparent` if the client sent none, or malformed ones; well-formed ones are passed on. Defaults to true.
   * With `false`, both are passed on like other headers.
   */
  readonly traceHeaders?: boolean | undefined;

  /** CA certificates to trust instead of those of Node, as PEM. */
  readonly ca?: string | readonly string[] | undefined;
}
