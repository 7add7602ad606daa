import { createHttpOrigin } from "../origin/createHttpOrigin";
import { Lifetime } from "./Lifetime";
import { Route } from "./Route";
import type { RouteOptions } from "./RouteOptions";
import { throwIssues } from "./throwIssues";
import { toBodyLimits } from "./client/toBodyLimits";
import { toTrustedProxies } from "./client/toTrustedProxies";
import { toStages } from "./toStages";
import { validateRouteOptions } from "./validateRouteOptions";

/** Number of routes that have been created. */
let routes = 0;

/**
 * Creates a route: steps around an origin. Pass the route to the adapter of your server: `toNode`, `toExpress`, `toFastify` or
 * `toFetch`.
 *
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const route = createRoute({
 *   steps: [closed],
 *   origin: "http://127.0.0.1:3000",
 * });
 * http.createServer(toNode(route)).listen(8080);
 *
 * @category Gateway
 */
export function createRoute(options: RouteOptions = {}): Route {
  throwIssues("createRoute", validateRouteOptions(options));
  const { steps = [], onFault, renderFault } = options;
  const origin =
    options.origin === undefined || typeof options.origin === "function"
      ? options.origin
      : createHttpOrigin(options.origin, options);
  const stages = toStages(steps);
  return Route.of({
    id: ++routes,
    ...stages,
    origin,
    usesNext: origin === undefined,
    bodyReaders:
      origin === undefined || origin === options.origin
        ? stages.bodyReaders
        : [...stages.bodyReaders, "origin"],
    onFault,
    renderFault,
    trustedProxies: toTrustedProxies(options),
    limits: toBodyLimits(options),
    lifetimes: [new Lifetime(origin ? [...steps, origin] : steps)],
  });
}
