import type { BodyLimits, ClientOptions } from "./client/ClientOptions";
import type { Origin } from "../origin/Origin";
import type { OriginOptions } from "../origin/OriginOptions";
import type { RenderFault } from "./Fault";
import type { RouteFailure } from "./RouteFailure";
import type { Step } from "./Step";

/**
 * Options of a route.
 *
 * @category Gateway
 */
export interface RouteOptions extends OriginOptions, ClientOptions, BodyLimits {
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
