import { InvalidInputError } from "../../src";
import { describeIssues, toSentence } from "../../src/internal";
import { createHttpOrigin } from "../origin/createHttpOrigin";
import { Lifetime } from "./Lifetime";
import { Route } from "./Route";
import type { RouteOptions } from "./RouteOptions";
import { toStages } from "./toStages";
import { validateRouteOptions } from "./validateRouteOptions";

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
  const issues = validateRouteOptions(options);
  if (issues.length > 0)
    throw new InvalidInputError({
      operation: "createRoute",
      message: `createRoute: ${toSentence(describeIssues(issues))}`,
      retryable: false,
      issues,
    });
  const { steps = [], onFault, renderFault } = options;
  const origin =
    options.origin === undefined || typeof options.origin === "function"
      ? options.origin
      : createHttpOrigin(options.origin, options);
  return Route.of({
    ...toStages(steps),
    origin,
    usesNext: origin === undefined,
    bodyReaders: findBodyReaders(options),
    onFault,
    renderFault,
    lifetime: new Lifetime(origin ? [...steps, origin] : steps),
  });
}

function findBodyReaders({ steps = [], origin }: RouteOptions): string[] {
  const readers = steps.filter(
    ({ readsBody, requestContent }) => readsBody ?? requestContent,
  );
  const isHttp = origin !== undefined && typeof origin !== "function";
  return [...readers.map(({ name }) => name), ...(isHttp ? ["origin"] : [])];
}
