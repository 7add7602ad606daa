import type { PointConfiguration } from "../configuration/PointConfiguration";
import type { SidecarIssue } from "../configuration/SidecarIssue";
import type { SidecarOptions } from "./SidecarOptions";
import { validateErrorSet } from "../errors/validateErrorSet";

type GivenOptions = Readonly<Partial<Record<keyof SidecarOptions, unknown>>>;

/** Whether a value is valid, and what an invalid one must be. */
type Rule = readonly [(value: unknown) => boolean, string];

const isFunction: Rule = [
  (value) => typeof value === "function",
  "must be a function",
];
const isBoolean: Rule = [
  (value) => typeof value === "boolean",
  "must be true or false",
];
const isOneOf = (...words: readonly string[]): Rule => [
  (value) => words.includes(value as string),
  `must be ${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`,
];

/** Every option, with the rule of those that are not validated elsewhere. */
const RULES: Readonly<Record<keyof SidecarOptions, Rule | undefined>> = {
  connector: undefined,
  preInput: undefined,
  postInput: undefined,
  endpoint: undefined,
  caller: isFunction,
  applicationEavs: isFunction,
  packageKeyEavs: isFunction,
  errorSet: undefined,
  errorFormat: isOneOf("xml", "json", "text"),
  awsErrors: isOneOf("shown", "hidden"),
  onInvalidConfiguration: isOneOf("throw", "answer"),
  onFailure: isFunction,
  reroute: [
    (value) =>
      typeof value === "boolean" ||
      (Array.isArray(value) && value.every((each) => isUrl(each, "/"))),
    "must be true, false or an array of origins (http or https URLs without a path)",
  ],
  relay: isBoolean,
  reuse: isBoolean,
};

/** Returns what is wrong with the options of a sidecar, and which options its configuration requires. */
export function validateOptions(
  options: GivenOptions,
  points: readonly (PointConfiguration | undefined)[],
): SidecarIssue[] {
  return [
    ...findUnknown(options, Object.keys(RULES)).map((path) => ({
      path,
      rule: "unknown",
      message: `${path} is not an option of sidecar; its options are ${Object.keys(RULES).join(", ")}`,
    })),
    ...Object.entries(RULES).flatMap(([path, rule]) => {
      const value = options[path as keyof SidecarOptions];
      return value === undefined || !rule || rule[0](value)
        ? []
        : { path, rule: "type", message: `${path} ${rule[1]}` };
    }),
    ...validateEndpoint(options.endpoint),
    ...validateErrorSet(options.errorSet),
    ...findMissing(options, points),
  ];
}

const ENDPOINT_MEMBERS = ["serviceId", "endpointId", "timeoutMs", "origin"];

function validateEndpoint(endpoint: unknown): SidecarIssue[] {
  const given = (endpoint ?? {}) as Record<string, unknown>;
  const { timeoutMs, origin } = given;
  const issues = findUnknown(given, ENDPOINT_MEMBERS).map((name) => ({
    path: `endpoint.${name}`,
    rule: "unknown",
    message: `endpoint.${name} is not a field of endpoint; its fields are ${ENDPOINT_MEMBERS.join(", ")}`,
  }));
  const isTimeout =
    Number.isInteger(timeoutMs) &&
    Number(timeoutMs) > 0 &&
    Number(timeoutMs) < 2 ** 31;
  if (timeoutMs !== undefined && !isTimeout)
    issues.push({
      path: "endpoint.timeoutMs",
      rule: "range",
      message: "endpoint.timeoutMs must be an integer from 1 to 2,147,483,647",
    });
  if (origin !== undefined && !isUrl(origin))
    issues.push({
      path: "endpoint.origin",
      rule: "url",
      message:
        "endpoint.origin must be an http or https URL without query, fragment, user name or password",
    });
  return issues;
}

const findUnknown = (given: object, known: readonly string[]): string[] =>
  Object.keys(given).filter((name) => !known.includes(name));

function isUrl(value: unknown, path?: string): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(
    value,
  );
  return (
    /^https?:$/.test(protocol) &&
    search + hash + username + password === "" &&
    (path === undefined || pathname === path)
  );
}

/** A required option. */
type Requirement = readonly [isGiven: unknown, path: string, message: string];

function findMissing(
  options: GivenOptions,
  points: readonly (PointConfiguration | undefined)[],
): SidecarIssue[] {
  const { connector, endpoint, preInput, postInput } =
    options as Partial<SidecarOptions>;
  const requirements: Requirement[] = [
    [
      typeof connector?.assumeRoleInvoke === "function",
      "connector",
      "connector must be a connector that createConnector returned",
    ],
    [
      endpoint?.serviceId && endpoint.endpointId,
      "endpoint",
      "endpoint must be an object with serviceId and endpointId",
    ],
    [
      preInput !== undefined || postInput !== undefined,
      "preInput",
      "preInput or postInput is required",
    ],
    ...points.flatMap((point) =>
      point ? listRequirements(point, options) : [],
    ),
  ];
  const reported = new Set<string>();
  return requirements.flatMap(([isGiven, path, message]) => {
    if (isGiven || reported.has(path)) return [];
    reported.add(path);
    return { path, rule: "required", message };
  });
}

/** The options that the configuration of a point requires. */
function listRequirements(
  point: PointConfiguration,
  options: GivenOptions,
): Requirement[] {
  const { endpoint } = options as Partial<SidecarOptions>;
  return [
    [
      point.requireEavs.length + point.includeEavs.length === 0 ||
        options.applicationEavs,
      "applicationEavs",
      "applicationEavs is required by require-eavs and include-eavs",
    ],
    [
      point.requirePackageKeyEavs.length +
        point.includePackageKeyEavs.length ===
        0 || options.packageKeyEavs,
      "packageKeyEavs",
      "packageKeyEavs is required by require-packageKey-eavs and include-packageKey-eavs",
    ],
    [
      !point.enableErrorSet || options.errorSet,
      "errorSet",
      "errorSet is required by enable_error_set",
    ],
    [
      !point.expandInput.has("routing") || endpoint?.origin,
      "endpoint.origin",
      "endpoint.origin is required by the routing token of expand-input",
    ],
  ];
}
