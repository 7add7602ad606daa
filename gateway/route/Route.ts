import { InvalidInputError } from "../../src";
import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";
import { originAt, type OriginOptions } from "../origin/originAt";
import { routeIssues } from "./routeIssues";
import type { Phase, Step } from "./Step";

/** Where requests go: whatever answers an exchange with a response. */
export type Origin = (exchange: Exchange) => Promise<GatewayResponse>;

/**
 * What went wrong in a route, for the host's eyes; the client has been answered with no more than a status.
 *
 * @category Gateway
 */
export interface Fault {
  /** The name of the step, or `origin`. */
  readonly where: string;

  /** What was thrown. */
  readonly error: unknown;

  /** The exchange in which it happened. */
  readonly exchange: Exchange;
}

/**
 * What a route is made of.
 *
 * @category Gateway
 */
export interface RouteOptions extends OriginOptions {
  /** The steps, in the order in which both phases go through them. Absent: none. */
  readonly steps?: readonly Step[];

  /**
   * Where requests go: a URL, whose path goes before theirs, or a function. Absent: to what the host does next, an Express
   * route behind it for example.
   */
  readonly origin?: string | URL | Origin;

  /** Told of each fault; what it throws, or rejects with, touches no traffic. Absent: nobody is told. */
  readonly onFault?: (fault: Fault) => unknown;
}

/** What one step has to say at one phase. */
export interface Stage {
  /** The name of the step. */
  readonly where: string;

  readonly perform: Phase;
}

/**
 * Steps around an origin, ready for an adapter.
 *
 * @category Gateway
 */
export interface Route {
  /** The steps. */
  readonly steps: readonly Step[];

  /** Where requests go. Absent: to what the host does next. */
  readonly origin?: Origin;

  /** What the steps have to say before the origin is asked, in order. */
  readonly there: readonly Stage[];

  /** What they have to say after it has answered. */
  readonly back: readonly Stage[];

  /** Tells a fault. */
  readonly tell: (fault: Fault) => unknown;
}

/**
 * Puts steps around an origin. Give the route to the adapter of your server: `toNode`, `toExpress`, `toFastify`, `toFetch`.
 *
 * @throws `ERR_INVALID_INPUT` naming each option that breaks a rule.
 *
 * @example
 * const route = createRoute({ steps: [closed], origin: "http://127.0.0.1:3000" });
 * http.createServer(toNode(route)).listen(8080);
 *
 * @category Gateway
 */
export function createRoute(options: RouteOptions = {}): Route {
  const issues = routeIssues(options);
  if (issues.length > 0)
    throw new InvalidInputError({
      operation: "createRoute",
      message: `createRoute: the route was not made: ${issues.map(({ message }) => message).join("; ")}.`,
      retryable: false,
      issues,
    });
  const { steps = [], origin, onFault } = options;
  return {
    steps: [...steps],
    ...(origin !== undefined && {
      origin: typeof origin === "function" ? origin : originAt(origin, options),
    }),
    there: stagesOf(steps, ["request", "requestContent"]),
    back: stagesOf(steps, ["response", "responseContent"]),
    tell: onFault ?? (() => undefined),
  };
}

/** All steps have their say at one phase before any has it at the next. */
function stagesOf(
  steps: readonly Step[],
  phases: readonly Exclude<keyof Step, "name" | "reroutes">[],
): Stage[] {
  return phases.flatMap((phase) =>
    steps.flatMap((step) =>
      step[phase] ? [{ where: step.name, perform: step[phase] }] : [],
    ),
  );
}
