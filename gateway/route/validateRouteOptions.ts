import { X509Certificate } from "node:crypto";
import type { Issue } from "../../src";
import type { OriginOptions } from "../origin/OriginOptions";
import { validateClientOptions } from "./client/validateClientOptions";
import { SHARED_RULES } from "./options/sharedRules";
import {
  booleanRule,
  findOptionIssues,
  millisecondsRule,
  type OptionRule,
  type OptionRules,
} from "./options/validateOptions";
import type { RouteOptions } from "./RouteOptions";
import type { Step } from "./Step";

/** The rules of the options for an origin that is a URL. */
const ORIGIN_RULES: OptionRules<OriginOptions> = {
  timeoutMs: millisecondsRule,
  connectTimeoutMs: millisecondsRule,
  keepHost: booleanRule,
  trustForwarded: booleanRule,
  traceHeaders: booleanRule,
  ca: {
    rule: "pem",
    expected: "a string or an array of strings with certificates in PEM format",
    accepts: (ca) => [ca].flat().every(isPem) && [ca].flat().length > 0,
  },
};

const ORIGIN_OPTIONS = Object.keys(ORIGIN_RULES) as (keyof OriginOptions)[];

const originRule: OptionRule = {
  rule: "url",
  expected:
    "a function, or an http or https URL without query, fragment, user name or password",
  accepts: (origin) =>
    typeof origin === "function" || isHttp(origin as string | URL),
};

const RULES: OptionRules<RouteOptions> = {
  ...SHARED_RULES,
  origin: originRule,
  ...ORIGIN_RULES,
};

/**
 * Checks the options of a route, and returns each rule that is broken.
 *
 * @param path - Path of the options, if they are those of a route in a router.
 */
export function validateRouteOptions(
  options: RouteOptions,
  path = "",
): Issue[] {
  const issues = findOptionIssues<RouteOptions>(options, RULES, {
    operation: "createRoute",
    path,
  });
  const parts = [
    ...validateSteps(options),
    ...validateClientOptions(options),
    ...validateOriginOptions(options),
  ];
  return [...issues, ...parts.map((each) => belowPath(each, path))];
}

/** An issue of options that are a part of others. */
const belowPath = (issue: Issue, path: string): Issue =>
  path === ""
    ? issue
    : {
        ...issue,
        path: `${path}.${issue.path}`,
        message: `${path}.${issue.message}`,
      };

/** Checks the steps of a route or a router. `origin` is `undefined` if the route has none. */
export function validateSteps({ steps = [], origin }: RouteOptions): Issue[] {
  if (!Array.isArray(steps))
    return [
      {
        path: "steps",
        rule: "array",
        message: "steps must be an array",
      },
    ];
  return steps.flatMap((step: Partial<Step> | undefined, index) => {
    const path = `steps[${index}]`;
    if (!isStep(step))
      return {
        path,
        rule: "step",
        message: `${path} must be an object with a name and at least one handler, such as request or response`,
      };
    return step.reroutes && origin === undefined
      ? {
          path,
          rule: "origin",
          message: `${path} (${step.name}) can change where requests go, which requires origin; set origin`,
        }
      : [];
  });
}

/** Finds options that need an origin that is a URL. */
function validateOriginOptions(options: RouteOptions): Issue[] {
  const { origin } = options;
  if (origin !== undefined && typeof origin !== "function") return [];
  return ORIGIN_OPTIONS.filter(
    (path) =>
      options[path] !== undefined && ORIGIN_RULES[path].accepts(options[path]),
  ).map((path) => ({
    path,
    rule: "origin",
    message: `${path} is allowed only if origin is a URL`,
  }));
}

const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function isPem(value: unknown): boolean {
  const found = typeof value === "string" ? value.match(CERTIFICATE) : null;
  try {
    return found?.every((each) => new X509Certificate(each)) ?? false;
  } catch {
    return false;
  }
}

function isStep(step: Partial<Step> | null | undefined): step is Step {
  const { request, requestContent, response, responseContent, done, close } =
    step ?? {};
  const { aroundOrigin } = step ?? {};
  const isFunction = (each: unknown): boolean => typeof each === "function";
  const handlers: unknown[] = [
    request,
    requestContent,
    aroundOrigin,
    response,
    responseContent,
    done,
  ].filter((handler) => handler !== undefined);
  return (
    typeof step?.name === "string" &&
    step.name !== "" &&
    handlers.length > 0 &&
    handlers.every(isFunction) &&
    (close === undefined || isFunction(close))
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
