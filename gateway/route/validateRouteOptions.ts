import { X509Certificate } from "node:crypto";
import type { Issue } from "../../src";
import type { OriginOptions } from "../origin/OriginOptions";
import {
  BODY_LIMITS,
  MAX_TIMER_MS,
  validateBodyLimits,
} from "./client/validateBodyLimits";
import { validateClientOptions } from "./client/validateClientOptions";
import type { RouteOptions } from "./RouteOptions";
import type { Step } from "./Step";

/** A rule of an option: the name of the rule and what the value must be, or nothing if the value is valid. */
type Rule = (value: unknown) => readonly [string, string] | readonly [];

const milliseconds: Rule = (ms) =>
  Number.isInteger(ms) && Number(ms) > 0 && Number(ms) <= MAX_TIMER_MS
    ? []
    : ["range", "an integer from 1 to 2,147,483,647"];

const boolean: Rule = (value) =>
  typeof value === "boolean" ? [] : ["boolean", "true or false"];

/** The rules of the options for an origin that is a URL. */
const ORIGIN_RULES: Readonly<Record<keyof OriginOptions, Rule>> = {
  timeoutMs: milliseconds,
  connectTimeoutMs: milliseconds,
  keepHost: boolean,
  trustForwarded: boolean,
  traceHeaders: boolean,
  ca: (ca) =>
    [ca].flat().every(isPem) && [ca].flat().length > 0
      ? []
      : [
          "pem",
          "a string or an array of strings with certificates in PEM format",
        ],
};

const ORIGIN_OPTIONS = Object.keys(ORIGIN_RULES) as (keyof OriginOptions)[];

const KNOWN: readonly string[] = [
  "steps",
  "origin",
  "onFault",
  "renderFault",
  "trustedProxies",
  "forwardedHeader",
  ...BODY_LIMITS,
  ...ORIGIN_OPTIONS,
];

/** Checks the options of a route, and returns each rule that is broken. */
export function validateRouteOptions(options: RouteOptions): Issue[] {
  const { origin } = options;
  const issues: Issue[] = Object.keys(options)
    .filter((name) => !KNOWN.includes(name))
    .map((path) => ({
      path,
      rule: "unknown",
      message: `${path} is not an option of a route; its options are ${KNOWN.join(", ")}`,
    }));
  issues.push(...validateSteps(options));
  if (origin !== undefined && typeof origin !== "function" && !isHttp(origin))
    issues.push({
      path: "origin",
      rule: "url",
      message:
        "origin must be a function, or an http or https URL without query, fragment, user name or password",
    });
  return [
    ...issues,
    ...validateListeners(options),
    ...validateClientOptions(options),
    ...validateBodyLimits(options),
    ...validateOriginOptions(options),
  ];
}

/** Checks the functions of a route or a router. */
export const validateListeners = (
  options: Pick<RouteOptions, "onFault" | "renderFault">,
): Issue[] =>
  (["onFault", "renderFault"] as const)
    .filter(
      (path) =>
        options[path] !== undefined && typeof options[path] !== "function",
    )
    .map((path) => ({
      path,
      rule: "function",
      message: `${path} must be a function`,
    }));

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

function validateOriginOptions(options: RouteOptions): Issue[] {
  const { origin } = options;
  const isUrl = origin !== undefined && typeof origin !== "function";
  return ORIGIN_OPTIONS.flatMap((path) => {
    const value: unknown = options[path];
    if (value === undefined) return [];
    const [rule, expected] = ORIGIN_RULES[path](value);
    if (rule !== undefined)
      return { path, rule, message: `${path} must be ${expected}` };
    return isUrl
      ? []
      : {
          path,
          rule: "origin",
          message: `${path} is allowed only if origin is a URL`,
        };
  });
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
