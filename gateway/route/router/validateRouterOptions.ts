import type { Issue } from "../../../src";
import { isPlainObject } from "../../../src/internal";
import { Route } from "../Route";
import type { RouteOptions } from "../RouteOptions";
import { throwIssues } from "../throwIssues";
import { validateRouteOptions, validateSteps } from "../validateRouteOptions";
import { validateClientOptions } from "../client/validateClientOptions";
import { SHARED_RULES } from "../options/sharedRules";
import {
  booleanRule,
  choiceRule,
  findOptionIssues,
  type OptionRules,
} from "../options/validateOptions";
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

const RULES: OptionRules<RouterOptions> = {
  ...SHARED_RULES,
  routes: {
    rule: "routes",
    expected: "an object with at least one route",
    accepts: (routes) =>
      isPlainObject(routes) && Object.keys(routes).length > 0,
    isRequired: true,
  },
  precedence: choiceRule(["http", "rest"]),
  basePath: {
    rule: "path",
    expected:
      "a string that starts with / and contains no parameter, query, fragment, backslash, empty segment or dot segment",
    accepts: isBasePath,
  },
  caseSensitive: booleanRule,
  trailingSlash: choiceRule(["ignore", "strict"]),
  ambiguousPaths: choiceRule(["refuse", "accept"]),
  headMatchesGet: booleanRule,
  unmatched: choiceRule(["respond", "next"]),
  stageVariables: {
    rule: "strings",
    expected: "an object whose values are strings",
    accepts: (variables) =>
      isPlainObject(variables) &&
      Object.values(variables).every((each) => typeof each === "string"),
  },
};

/**
 * Checks the options of a router.
 *
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 */
export function validateRouterOptions(
  options: RouterOptions,
  { operation, unmatched }: RouterContext,
): void {
  const found = findOptionIssues<RouterOptions>(options, RULES, { operation });
  // The parts of invalid options cannot be read.
  if (found.some(({ path }) => ["", "routes"].includes(path)))
    throwIssues(operation, found);
  const issues = [
    ...found,
    ...validateSteps({
      steps: options.steps,
      // Only a route with an origin can change where its requests go.
      ...(options.unmatched !== "next" && { origin: "http://origin" }),
    }),
    ...validateClientOptions(options),
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

function isBasePath(value: unknown): boolean {
  if (typeof value !== "string" || !value.startsWith("/")) return false;
  const segments = parsePattern(value.replace(/\/$/, "") || "/");
  return (
    typeof segments !== "string" &&
    segments.every(({ kind }) => kind === "literal")
  );
}

function validateRoutes(options: RouterOptions): Issue[] {
  const table = new RouteTable<{ readonly pattern: RoutePattern }>(
    toTableOptions(options),
  );
  return Object.entries(options.routes).flatMap(([key, route]) => {
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
  const issues = validateRouteOptions(route, path);
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
