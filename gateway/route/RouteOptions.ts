import type { ForwardedHeader } from "../http/client/forwardedEntries";
import type { Origin } from "../origin/Origin";
import type { OriginOptions } from "../origin/OriginOptions";
import type { RenderFault } from "./Fault";
import type { RouteFailure } from "./RouteFailure";
import type { Step } from "./Step";

/** Who the clients of a route are. */
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
 * Options of a route.
 *
 * @category Gateway
 */
export interface RouteOptions extends OriginOptions, ClientOptions {
  /** Steps, in the order in which they run; the same order applies to requests and to responses. */
  readonly steps?: readonly Step[] | undefined;

  /**
   * Where requests go: a URL, whose path is put before theirs, or a function. Without an origin, the next handler of the host responds,
   * for example a later Express route.
   */
  readonly origin?: string | URL | Origin | undefined;

  /** Called on each failure. Errors that it throws, or rejections, are ignored. */
  readonly onFault?: ((failure: RouteFailure) => unknown) | undefined;

  /**
   * Makes the response if the route fails or a step refuses a request, for example as JSON. If it throws, or returns something that cannot
   * be sent, the client receives the default response, and `onFault` the error. Defaults to the status as `text/plain`.
   */
  readonly renderFault?: RenderFault | undefined;
}
