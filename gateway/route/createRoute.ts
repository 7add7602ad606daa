import { InvalidInputError } from "../../src";
import { describeIssues, toSentence } from "../../src/internal";
import { createHttpOrigin } from "../origin/createHttpOrigin";
import { Route } from "./Route";
import type { StepStage } from "./RouteDefinition";
import type { RouteOptions } from "./RouteOptions";
import { validateRouteOptions } from "./validateRouteOptions";
import type { Step } from "./Step";

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
  const { steps = [], origin, onFault } = options;
  return Route.of({
    requestStages: stagesOf(steps, ["request", "requestContent"]),
    responseStages: stagesOf(steps, ["response", "responseContent"]),
    origin:
      origin === undefined || typeof origin === "function"
        ? origin
        : createHttpOrigin(origin, options),
    bodyReaders: findBodyReaders(options),
    onFault,
  });
}

function findBodyReaders({ steps = [], origin }: RouteOptions): string[] {
  const readers = steps.filter(
    ({ readsBody, requestContent }) => readsBody ?? requestContent,
  );
  const isHttp = origin !== undefined && typeof origin !== "function";
  return [...readers.map(({ name }) => name), ...(isHttp ? ["origin"] : [])];
}

/** Every step finishes one phase before any step begins the next. */
function stagesOf(
  steps: readonly Step[],
  phases: readonly Exclude<keyof Step, "name" | "readsBody" | "reroutes">[],
): StepStage[] {
  return phases.flatMap((phase) =>
    steps.flatMap((step) =>
      step[phase] ? [{ step: step.name, handle: step[phase] }] : [],
    ),
  );
}
