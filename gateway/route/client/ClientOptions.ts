import type { ForwardedHeader } from "../../http/client/forwardedEntries";

/**
 * Who the clients of a route are.
 *
 * @category Gateway
 */
export interface ClientOptions {
  /**
   * Addresses of proxies before the gateway: IP addresses and networks such as `10.0.0.0/8` or `2001:db8::/32`. What they report about their
   * client counts: `exchange.clientAddress` is the last address in `forwardedHeader` that is not one of theirs, and an HTTP origin receives
   * their `X-Forwarded-*` headers. List only proxies that append the address of their client to that header. Defaults to none: the client
   * is the other end of the connection.
   */
  readonly trustedProxies?: readonly string[] | undefined;

  /**
   * The header to which the trusted proxies append the address of their client: `x-forwarded-for`, or `forwarded` (RFC 7239). The other one is
   * not read, because a client could set it. Defaults to `x-forwarded-for`.
   */
  readonly forwardedHeader?: ForwardedHeader | undefined;
}

/**
 * What the bodies of a client may take.
 *
 * @category Gateway
 */
export interface BodyLimits {
  /**
   * Longest request body, in bytes, 0 or more. A longer one is refused with status 413 before any step runs, or, if its length is not known, as
   * soon as it is longer: an origin that has received a part of it sees an aborted request. Defaults to no limit for bodies that stream.
   */
  readonly maxRequestBytes?: number | undefined;

  /**
   * Longest wait for more of a request body while a step or the origin reads it, in milliseconds, 1 to 2,147,483,647. Then the client receives
   * status 408, and its connection is closed. Defaults to 60,000 (one minute).
   */
  readonly requestIdleTimeoutMs?: number | undefined;

  /**
   * Longest time in which the client reads nothing although bytes of the response wait for it, in milliseconds, 1 to 2,147,483,647. Then its
   * connection is closed. Responses that are silent, such as server-sent events, are not affected. Defaults to 60,000 (one minute).
   */
  readonly responseIdleTimeoutMs?: number | undefined;
}
