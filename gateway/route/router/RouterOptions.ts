import type { OriginOptions } from "../../origin/OriginOptions";
import type { Route } from "../Route";
import type { RouteOptions } from "../RouteOptions";

/**
 * Options of a router.
 *
 * @category Gateway
 */
export interface RouterOptions extends Omit<
  RouteOptions,
  "origin" | keyof OriginOptions
> {
  /**
   * The routes by key: a method and a path pattern, `GET /orders/{id}`, with `ANY` for every method, or `$default` for requests that match
   * no other route. `{name}` matches one segment, `{name+}` at the end one or more. Segments are compared after percent-decoding. A value
   * is a route, or the options of one. The router closes its routes when no router contains them any more.
   */
  readonly routes: Readonly<Record<string, Route | RouteOptions>>;

  /** Steps that run for every request, before those of its route, also if no route matches. Defaults to none. */
  readonly steps?: RouteOptions["steps"];

  /**
   * Which route is chosen if several match. Within a pattern, an exact method comes before `ANY`. If the best pattern has no route for the
   * method, the next one is tried.
   *
   * - `http`, as Amazon API Gateway's HTTP APIs: patterns without `{name+}` first, then those with it, then `$default`; among equals, the
   *   first segment that differs decides, a literal before `{name}`.
   * - `rest`, as its REST APIs: the first segment that differs decides, a literal before `{name}` before `{name+}`. There is no `$default`.
   *
   * Defaults to `http`.
   *
   * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html | Routes of HTTP APIs}
   */
  readonly precedence?: "http" | "rest" | undefined;

  /** Path before every pattern, beginning with `/`. It stays part of the path that the origin receives. Defaults to none. */
  readonly basePath?: string | undefined;

  /** Whether segments in another case are other segments. If so, the origins must see it the same way. Defaults to false. */
  readonly caseSensitive?: boolean | undefined;

  /**
   * Whether a trailing slash makes another path. If it is `strict`, the origins must see it the same way. Defaults to `ignore`.
   */
  readonly trailingSlash?: "ignore" | "strict" | undefined;

  /**
   * What happens to a request whose path some server could read as the path of another route, or that has dot segments. `refuse`: the client
   * receives 400, so that it cannot skip the steps of that route. `accept`: the path counts as it is spelled; safe only if nothing behind the
   * router reads the path again. Defaults to `refuse`.
   */
  readonly ambiguousPaths?: "refuse" | "accept" | undefined;

  /**
   * Whether a `HEAD` request matches a route for `GET`, unless one for `HEAD` or `ANY` has the same pattern: servers respond to it as to
   * `GET`. Defaults to true.
   */
  readonly headMatchesGet?: boolean | undefined;

  /**
   * What happens to a request that matches no route. `respond`: the client receives 404. `next`: the host's next handler responds, as it
   * does for routes without an origin, which need this value. It cannot be changed later. Defaults to `respond`.
   */
  readonly unmatched?: "respond" | "next" | undefined;

  /** Values that steps and functions find in `exchange.match`, by name. Defaults to none. */
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
}
