import type { Issue } from "../../../src";
import type { ReportIssue } from "./ReportIssue";
import type { Template } from "../expression/Template";
import type { PolicyOptions } from "./PolicyOptions";
import { readCondition } from "./readCondition";

/** The name of the broken rule, and what the value must be; `undefined` if it is valid. */
type Rule = (
  value: unknown,
) => readonly [rule: string, problem: string] | undefined;

const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    values.includes(value as string)
      ? undefined
      : ["oneOf", `must be ${values.join(" or ")}`];

const typed =
  (type: "function" | "object" | "boolean" | "string"): Rule =>
  (value) =>
    typeof value === type && value !== null && !Array.isArray(value)
      ? undefined
      : [
          type,
          `must be ${{ function: "a function", object: "an object", boolean: "true or false", string: "a string" }[type]}`,
        ];

const bytes: Rule = (value) =>
  Number.isInteger(value) && Number(value) > 0
    ? undefined
    : ["min", "must be an integer of at least 1, in bytes"];

/** Connection options that only the configuration may set, with their names there. */
const CONFIGURED: Readonly<Record<string, string>> = {
  region: "region",
  connectTimeoutMs: "connectionTimeoutMs",
  timeoutMs: "readTimeoutMs",
};

function checkConnection(connection: object): ReturnType<Rule> {
  const name = Object.keys(connection).find((key) =>
    Object.hasOwn(CONFIGURED, key),
  );
  return name === undefined
    ? undefined
    : [
        "conflict",
        `must not have ${name}; set configuration.${CONFIGURED[name] ?? ""} instead`,
      ];
}

/** A rule for each option; other options are unknown. */
const RULES: Readonly<Record<keyof PolicyOptions, Rule>> = {
  configuration: () => undefined,
  name: typed("string"),
  semantics: oneOf("v3", "v4"),
  flow: oneOf("request", "response"),
  connection: (value) =>
    typed("object")(value) ?? checkConnection(value as object),
  connect: typed("function"),
  variables: typed("function"),
  secrets: typed("function"),
  responseTemplates: typed("object"),
  onFailure: typed("function"),
  condition: typed("string"),
  externalId: typed("string"),
  externalIdKey: typed("string"),
  escape: oneOf("none", "json"),
  responseFormat: oneOf("payload", "proxy"),
  onFunctionError: oneOf("fail", "continue"),
  failSafe: typed("boolean"),
  details: oneOf("shown", "hidden"),
  bodyLimit: bytes,
  honourEndpoint: typed("boolean"),
};

/** Validates all options but `configuration`, and parses the condition. */
export function readOptions(options: PolicyOptions): {
  readonly condition: Template | undefined;
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const report: ReportIssue = (path, rule, message) => {
    issues.push({ path, rule, message: `${path}${message}` });
  };
  for (const path of Object.keys(options))
    if (!Object.hasOwn(RULES, path))
      report(
        path,
        "unknown",
        ` is not an option of awsLambdaPolicy; its options are ${Object.keys(RULES).join(", ")} (Gravitee's own options belong in configuration)`,
      );
  if ((options.semantics as unknown) === undefined)
    report("semantics", "required", " must be v3 or v4");
  for (const [path, rule] of Object.entries(RULES)) {
    const value = options[path as keyof PolicyOptions];
    const problem = value === undefined ? undefined : rule(value);
    if (problem) report(path, problem[0], ` ${problem[1]}`);
  }
  if (options.externalId !== undefined && options.externalIdKey !== undefined)
    report(
      "externalId",
      "conflict",
      " cannot be combined with externalIdKey; omit one of them",
    );
  return { condition: readCondition(options, report), issues };
}
