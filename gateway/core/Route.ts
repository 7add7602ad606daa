import { InvalidInputError, type Issue } from "../../src";
import type { Exchange } from "./Exchange";
import type { GatewayResponse } from "./GatewayResponse";
import { originAt, type OriginOptions } from "./originAt";
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

  /** Told of each fault. Absent: nobody is. */
  readonly onFault?: (fault: Fault) => void;
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
  readonly tell: (fault: Fault) => void;
}

const KNOWN = [
  "steps",
  "origin",
  "onFault",
  "timeoutMs",
  "connectTimeoutMs",
  "keepHost",
  "ca",
];

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
  const issues = issuesOf(options);
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

function issuesOf(options: RouteOptions): Issue[] {
  const { steps = [], origin, onFault } = options;
  const issues: Issue[] = Object.keys(options)
    .filter((name) => !KNOWN.includes(name))
    .map((path) => ({
      path,
      rule: "unknown",
      message: `${path} is no option of a route, which has ${KNOWN.join(", ")}`,
    }));
  const say = (path: string, rule: string, message: string): void => {
    issues.push({ path, rule, message });
  };
  if (!Array.isArray(steps))
    say("steps", "array", "steps takes a list of steps");
  else
    steps.forEach((step: Partial<Step> | undefined, index) => {
      if (!isStep(step))
        say(
          `steps[${index}]`,
          "step",
          `steps[${index}] takes a step: a name, and request, response or both`,
        );
      else if (step.reroutes && origin === undefined)
        say(
          `steps[${index}]`,
          "origin",
          `steps[${index}], ${step.name}, may change where requests go, which takes an origin`,
        );
    });
  if (origin !== undefined && typeof origin !== "function" && !isHttp(origin))
    say(
      "origin",
      "url",
      "origin takes a URL of http or https without query, name and password, or a function",
    );
  if (onFault !== undefined && typeof onFault !== "function")
    say("onFault", "function", "onFault takes a function");
  for (const name of ["timeoutMs", "connectTimeoutMs"] as const)
    if (!isTime(options[name]))
      say(
        name,
        "range",
        `${name} takes a whole number of milliseconds, 1 to 2,147,483,647`,
      );
  if (!["undefined", "boolean"].includes(typeof options.keepHost))
    say("keepHost", "boolean", "keepHost takes true or false");
  return issues;
}

/** The longest that a timer of Node's can wait. */
const LONGEST_MS = 2 ** 31 - 1;

function isTime(ms: unknown): boolean {
  if (ms === undefined) return true;
  return Number.isInteger(ms) && Number(ms) > 0 && Number(ms) <= LONGEST_MS;
}

function isStep(step: Partial<Step> | null | undefined): step is Step {
  const { request, requestContent, response, responseContent } = step ?? {};
  const phases: unknown[] = [
    request,
    requestContent,
    response,
    responseContent,
  ].filter((phase) => phase !== undefined);
  return (
    typeof step?.name === "string" &&
    step.name !== "" &&
    phases.length > 0 &&
    phases.every((phase) => typeof phase === "function")
  );
}

function isHttp(origin: string | URL): boolean {
  const url = URL.canParse(String(origin)) ? new URL(origin) : undefined;
  return (
    /^https?:$/.test(url?.protocol ?? "") &&
    url?.search === "" &&
    url.hash + url.username + url.password === ""
  );
}
