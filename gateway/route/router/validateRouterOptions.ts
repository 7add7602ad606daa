import type { Issue } from "../../../src";
import { findClosestName, isPlainObject } from "../../../src/internal";
import { Route } from "../Route";
import type { RouteOptions } from "../RouteOptions";
import { throwIssues } from "../throwIssues";
import {
  validateListeners,
  validateRouteOptions,
  validateSteps,
} from "../validateRouteOptions";
import { BODY_LIMITS, validateBodyLimits } from "../client/validateBodyLimits";
import { validateClientOptions } from "../client/validateClientOptions";
import {
  DEFAULT_KEY,
  parsePattern,
  parseRouteKey,
  type RoutePattern,
} from "./RoutePattern";
import { RouteTable, toTableOptions } from "./RouteTable";
import type { RouterOptions } from "./RouterOptions";

/** What calls the validation. */
export interface RouterContext {
  readonly operation: string;

  /** The value that `unmatched` must keep, if a router is replaced. */
  readonly unmatched?: "respond" | "next";
}

/** The values of options with few values; the first is the default. */
const VALUES = {
  precedence: ["http", "rest"],
  trailingSlash: ["ignore", "strict"],
  unmatched: ["respond", "next"],
  caseSensitive: [false, true],
  ambiguousPaths: ["refuse", "accept"],
  headMatchesGet: [true, false],
} as const;

const KNOWN = [
  "routes",
  "steps",
  "onFault",
  "renderFault",
  "trustedProxies",
  "forwardedHeader",
  ...BODY_LIMITS,
  "basePath",
  "stageVariables",
  ...Object.keys(VALUES),
];

/**
 * Checks the options of a router.
 *
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 */
export function validateRouterOptions(
  options: RouterOptions,
  { operation, unmatched }: RouterContext,
): void {
  if (!isPlainObject(options))
    throwIssues(operation, [
      { path: "", rule: "object", message: "the options must be an object" },
    ]);
  const issues = [
    ...findUnknownOptions(options),
    ...findInvalidValues(options),
    ...validateSteps({
      steps: options.steps,
      // Only a route with an origin can change where its requests go.
      ...(options.unmatched !== "next" && { origin: "http://origin" }),
    }),
    ...validateListeners(options),
    ...validateClientOptions(options),
    ...validateBodyLimits(options),
    ...validateBasePath(options.basePath),
    ...validateStageVariables(options.stageVariables),
    ...validateRoutes(options),
  ];
  if (unmatched !== undefined && unmatched !== (options.unmatched ?? "respond"))
    issues.push({
      path: "unmatched",
      rule: "constant",
      message: `unmatched must stay ${unmatched}; create another router to change it`,
    });
  throwIssues(operation, issues);
}

const findUnknownOptions = (options: RouterOptions): Issue[] =>
  Object.keys(options)
    .filter((name) => !KNOWN.includes(name))
    .map((path) => {
      const meant = findClosestName(path, KNOWN);
      return {
        path,
        rule: "unknown",
        message: `${path} is not an option of a router${meant === undefined ? `; its options are ${KNOWN.join(", ")}` : `; did you mean ${meant}`}`,
      };
    });

function findInvalidValues(options: RouterOptions): Issue[] {
  const names = Object.keys(VALUES) as (keyof typeof VALUES)[];
  return names.flatMap((path) => {
    const value = options[path];
    const values: readonly unknown[] = VALUES[path];
    return value === undefined || values.includes(value)
      ? []
      : {
          path,
          rule: "enum",
          message: `${path} must be ${values.join(" or ")}`,
        };
  });
}

function validateBasePath(basePath: unknown): Issue[] {
  if (basePath === undefined) return [];
  const isPath = typeof basePath === "string" && basePath.startsWith("/");
  const segments = isPath
    ? parsePattern(basePath.replace(/\/$/, "") || "/")
    : "";
  const isValid =
    typeof segments !== "string" &&
    segments.every(({ kind }) => kind === "literal");
  return isValid
    ? []
    : [
        {
          path: "basePath",
          rule: "path",
          message:
            "basePath must start with / and contain no parameter, query, fragment, backslash, empty segment or dot segment",
        },
      ];
}

function validateStageVariables(variables: unknown): Issue[] {
  const isValid =
    variables === undefined ||
    (isPlainObject(variables) &&
      Object.values(variables).every((each) => typeof each === "string"));
  return isValid
    ? []
    : [
        {
          path: "stageVariables",
          rule: "strings",
          message: "stageVariables must be an object whose values are strings",
        },
      ];
}

function validateRoutes(options: RouterOptions): Issue[] {
  const { routes } = options as { readonly routes: unknown };
  if (!isPlainObject(routes) || Object.keys(routes).length === 0)
    return [
      {
        path: "routes",
        rule: "routes",
        message: "routes must be an object with at least one route",
      },
    ];
  const table = new RouteTable<{ readonly pattern: RoutePattern }>(
    toTableOptions(options),
  );
  return Object.entries(routes).flatMap(([key, route]) => {
    const path = `routes[${JSON.stringify(key)}]`;
    const problem = findKeyProblem(key, options, table);
    return [
      ...(problem === undefined
        ? []
        : [{ path, rule: "key", message: `${path} ${problem}` }]),
      ...validateRoute(path, route, options),
    ];
  });
}

function findKeyProblem(
  key: string,
  { precedence }: RouterOptions,
  table: RouteTable<{ readonly pattern: RoutePattern }>,
): string | undefined {
  if (key === DEFAULT_KEY)
    return precedence === "rest"
      ? 'is not possible with precedence "rest"; use ANY / and ANY /{proxy+}'
      : undefined;
  const pattern = parseRouteKey(key);
  if (typeof pattern === "string") return pattern;
  const known = table.add({ pattern });
  return known
    ? `matches the same requests as ${JSON.stringify(known.pattern.key)}`
    : undefined;
}

function validateRoute(
  path: string,
  route: unknown,
  { unmatched }: RouterOptions,
): Issue[] {
  if (route instanceof Route) {
    const { select, lifetimes, usesNext } = Route.definitionOf(route);
    if (select)
      return [
        issue(path, "router", "must not be a router; list its routes here"),
      ];
    if (lifetimes.some(({ isClosed }) => isClosed))
      return [issue(path, "closed", "has been closed; create another route")];
    return usesNext && unmatched !== "next" ? [createOriginIssue(path)] : [];
  }
  if (!isPlainObject(route))
    return [issue(path, "route", "must be a route or the options of one")];
  const issues = validateRouteOptions(route).map((each) => ({
    ...each,
    path: `${path}.${each.path}`,
    message: `${path}.${each.message}`,
  }));
  return (route as RouteOptions).origin === undefined && unmatched !== "next"
    ? [...issues, createOriginIssue(path)]
    : issues;
}

const createOriginIssue = (path: string): Issue =>
  issue(
    path,
    "origin",
    'must have an origin, unless the host\'s next handler responds (unmatched: "next")',
  );

const issue = (path: string, rule: string, problem: string): Issue => ({
  path,
  rule,
  message: `${path} ${problem}`,
});
