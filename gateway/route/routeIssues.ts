import { X509Certificate } from "node:crypto";
import type { Issue } from "../../src";
import type { RouteOptions } from "./RouteOptions";
import type { Step } from "./Step";

/** Options that speak of an origin that is reached over HTTP. */
const OF_ORIGIN = [
  "timeoutMs",
  "connectTimeoutMs",
  "keepHost",
  "trustForwarded",
  "ca",
] as const;

const KNOWN: readonly string[] = ["steps", "origin", "onFault", ...OF_ORIGIN];

/** What is wrong with the options of a route. */
export function routeIssues(options: RouteOptions): Issue[] {
  const { origin, onFault } = options;
  const issues: Issue[] = Object.keys(options)
    .filter((name) => !KNOWN.includes(name))
    .map((path) => ({
      path,
      rule: "unknown",
      message: `${path} is no option of a route, which has ${KNOWN.join(", ")}`,
    }));
  issues.push(...ofSteps(options));
  if (origin !== undefined && typeof origin !== "function" && !isHttp(origin))
    issues.push({
      path: "origin",
      rule: "url",
      message:
        "origin takes a URL of http or https without query, name and password, or a function",
    });
  if (onFault !== undefined && typeof onFault !== "function")
    issues.push({
      path: "onFault",
      rule: "function",
      message: "onFault takes a function",
    });
  return [...issues, ...ofOrigin(options)];
}

function ofSteps({ steps = [], origin }: RouteOptions): Issue[] {
  if (!Array.isArray(steps))
    return [
      { path: "steps", rule: "array", message: "steps takes a list of steps" },
    ];
  return steps.flatMap((step: Partial<Step> | undefined, index) => {
    const path = `steps[${index}]`;
    if (!isStep(step))
      return {
        path,
        rule: "step",
        message: `${path} takes a step: a name, and request, response or both`,
      };
    return step.reroutes && origin === undefined
      ? {
          path,
          rule: "origin",
          message: `${path}, ${step.name}, may change where requests go, which takes an origin`,
        }
      : [];
  });
}

function ofOrigin(options: RouteOptions): Issue[] {
  const { origin } = options;
  const isUrl = origin !== undefined && typeof origin !== "function";
  return OF_ORIGIN.flatMap((path) => {
    const value: unknown = options[path];
    if (value === undefined) return [];
    const [rule, says] = RULES[path](value);
    if (rule !== undefined) return { path, rule, message: `${path} ${says}` };
    return isUrl
      ? []
      : {
          path,
          rule: "origin",
          message: `${path} counts for an origin that is a URL only, and this route has none: leave it out`,
        };
  });
}

type Rule = (value: unknown) => readonly [string, string] | readonly [];

const time: Rule = (ms) =>
  Number.isInteger(ms) && Number(ms) > 0 && Number(ms) <= LONGEST_MS
    ? []
    : ["range", "takes a whole number of milliseconds, 1 to 2,147,483,647"];

const flag: Rule = (value) =>
  typeof value === "boolean" ? [] : ["boolean", "takes true or false"];

const RULES: Record<(typeof OF_ORIGIN)[number], Rule> = {
  timeoutMs: time,
  connectTimeoutMs: time,
  keepHost: flag,
  trustForwarded: flag,
  ca: (ca) =>
    [ca].flat().every(isPem) && [ca].flat().length > 0
      ? []
      : ["pem", "takes certificates as PEM: a text, or a list of texts"],
};

/** The longest that a timer of Node's can wait. */
const LONGEST_MS = 2 ** 31 - 1;

const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function isPem(text: unknown): boolean {
  const found = typeof text === "string" ? text.match(CERTIFICATE) : null;
  try {
    return found?.every((each) => new X509Certificate(each)) ?? false;
  } catch {
    return false;
  }
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
