import type { PointConfiguration } from "./configuration/PointConfiguration";
import type { SidecarIssue } from "./configuration/readPoint";
import { errorSetIssues } from "./errorSetIssues";
import type { SidecarOptions } from "./SidecarOptions";

type Given = Readonly<Partial<Record<keyof SidecarOptions, unknown>>>;

/** Whether a value is what an option takes, and what that is. */
type Rule = readonly [(value: unknown) => boolean, string];

const isFunction: Rule = [
  (value) => typeof value === "function",
  "takes a function",
];
const isBoolean: Rule = [
  (value) => typeof value === "boolean",
  "takes true or false",
];
const isOneOf = (...words: readonly string[]): Rule => [
  (value) => words.includes(value as string),
  `takes ${words.join(" or ")}`,
];

/** Every option; what each takes by itself, where that is not read elsewhere. */
const RULES: Readonly<Record<keyof SidecarOptions, Rule | undefined>> = {
  connector: undefined,
  preInput: undefined,
  postInput: undefined,
  endpoint: undefined,
  caller: isFunction,
  applicationAttributes: isFunction,
  packageKeyAttributes: isFunction,
  errorSet: undefined,
  errorFormat: isOneOf("xml", "json", "text"),
  refusals: isOneOf("told", "hidden"),
  onInvalidConfiguration: isOneOf("throw", "answer"),
  onFailure: isFunction,
  reroute: [
    (value) =>
      typeof value === "boolean" ||
      (Array.isArray(value) && value.every((each) => isUrl(each, "/"))),
    "takes true, false, or a list of origins, each a URL of http or https without path",
  ],
  relay: isBoolean,
  reuse: isBoolean,
};

/** What is wrong with the options of a sidecar, and with what its configuration asks of them. */
export function issuesOf(
  options: Given,
  points: readonly (PointConfiguration | undefined)[],
): SidecarIssue[] {
  return [
    ...unknownIn(options, Object.keys(RULES)).map((path) => ({
      path,
      rule: "unknown",
      message: `${path} is no option of a sidecar, which has ${Object.keys(RULES).join(", ")}`,
    })),
    ...Object.entries(RULES).flatMap(([path, rule]) => {
      const value = options[path as keyof SidecarOptions];
      return value === undefined || !rule || rule[0](value)
        ? []
        : { path, rule: "takes", message: `${path} ${rule[1]}` };
    }),
    ...ofEndpoint(options.endpoint),
    ...errorSetIssues(options.errorSet),
    ...missing(options, points),
  ];
}

const ENDPOINT = ["serviceId", "endpointId", "timeoutMs", "origin"];

function ofEndpoint(endpoint: unknown): SidecarIssue[] {
  const given = (endpoint ?? {}) as Record<string, unknown>;
  const { timeoutMs, origin } = given;
  const issues = unknownIn(given, ENDPOINT).map((name) => ({
    path: `endpoint.${name}`,
    rule: "unknown",
    message: `endpoint has ${ENDPOINT.join(", ")}, and no ${name}`,
  }));
  const isTime =
    Number.isInteger(timeoutMs) &&
    Number(timeoutMs) > 0 &&
    Number(timeoutMs) < 2 ** 31;
  if (timeoutMs !== undefined && !isTime)
    issues.push({
      path: "endpoint.timeoutMs",
      rule: "range",
      message:
        "endpoint.timeoutMs takes a whole number of milliseconds, 1 to 2,147,483,647",
    });
  if (origin !== undefined && !isUrl(origin))
    issues.push({
      path: "endpoint.origin",
      rule: "url",
      message:
        "endpoint.origin takes a URL of http or https without query, name and password",
    });
  return issues;
}

const unknownIn = (given: object, known: readonly string[]): string[] =>
  Object.keys(given).filter((name) => !known.includes(name));

function isUrl(text: unknown, path?: string): boolean {
  if (typeof text !== "string" || !URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(
    text,
  );
  return (
    /^https?:$/.test(protocol) &&
    search + hash + username + password === "" &&
    (path === undefined || pathname === path)
  );
}

/** What has to be there, where, and what it is. */
type Need = readonly [isThere: unknown, path: string, says: string];

/** What has to be there, and is not. */
function missing(
  options: Given,
  points: readonly (PointConfiguration | undefined)[],
): SidecarIssue[] {
  const { connector, endpoint, preInput, postInput } =
    options as Partial<SidecarOptions>;
  const needs: Need[] = [
    [
      typeof connector?.assumeRoleInvoke === "function",
      "connector",
      "connector takes what createConnector answers",
    ],
    [
      endpoint?.serviceId && endpoint.endpointId,
      "endpoint",
      "endpoint takes serviceId and endpointId",
    ],
    [
      preInput !== undefined || postInput !== undefined,
      "preInput",
      "a sidecar takes preInput, postInput or both",
    ],
    ...points.flatMap((point) => (point ? neededBy(point, options) : [])),
  ];
  const said = new Set<string>();
  return needs.flatMap(([isThere, path, message]) => {
    if (isThere || said.has(path)) return [];
    said.add(path);
    return { path, rule: "required", message };
  });
}

function neededBy(point: PointConfiguration, options: Given): Need[] {
  const { endpoint } = options as Partial<SidecarOptions>;
  return [
    [
      point.requireEavs.length + point.includeEavs.length === 0 ||
        options.applicationAttributes,
      "applicationAttributes",
      "applicationAttributes looks up what require-eavs and include-eavs name",
    ],
    [
      point.requirePackageKeyEavs.length +
        point.includePackageKeyEavs.length ===
        0 || options.packageKeyAttributes,
      "packageKeyAttributes",
      "packageKeyAttributes looks up what require-packageKey-eavs and include-packageKey-eavs name",
    ],
    [
      !point.enableErrorSet || options.errorSet,
      "errorSet",
      "errorSet has what enable_error_set answers with",
    ],
    [
      !point.expandInput.has("routing") || endpoint?.origin,
      "endpoint.origin",
      "endpoint.origin is what routing tells functions of",
    ],
  ];
}
