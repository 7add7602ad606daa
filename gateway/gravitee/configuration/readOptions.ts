import type { Issue } from "../../../src";
import { parseTemplate } from "../expression/parseTemplate";
import type { Template } from "../expression/Template";
import { TemplateError } from "../expression/errors/TemplateError";
import type { PolicyOptions } from "./PolicyOptions";

type Rule = (value: unknown) => string | undefined;

const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    values.includes(value as string)
      ? undefined
      : `takes ${values.join(" or ")}`;

const typed =
  (type: "function" | "object" | "boolean" | "string"): Rule =>
  (value) =>
    typeof value === type && value !== null && !Array.isArray(value)
      ? undefined
      : `takes ${{ function: "a function", object: "an object", boolean: "true or false", string: "a text" }[type]}`;

const bytes: Rule = (value) =>
  Number.isInteger(value) && Number(value) > 0
    ? undefined
    : "takes a whole number of bytes, 1 or more";

/** What the configuration says of a connection, nothing else does. */
const OWN: Readonly<Record<string, string>> = {
  region: "region",
  connectTimeoutMs: "connectionTimeoutMs",
  timeoutMs: "readTimeoutMs",
};

function ownOf(connection: object): string | undefined {
  const own = Object.keys(connection).find((name) => Object.hasOwn(OWN, name));
  return (
    own && `has ${own}, which stands in configuration as ${OWN[own] ?? ""}`
  );
}

/** One rule for each option. The list is what makes an option known. */
const RULES: Readonly<Record<keyof PolicyOptions, Rule>> = {
  configuration: () => undefined,
  name: typed("string"),
  semantics: oneOf("v3", "v4"),
  flow: oneOf("request", "response"),
  connection: (value) => typed("object")(value) ?? ownOf(value as object),
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
  details: oneOf("told", "hidden"),
  bodyLimit: bytes,
  honourEndpoint: typed("boolean"),
};

const isTruth = (text: string): boolean => /^(true|false)$/.test(text);

/** Reads the options that are not the vendor's: the condition, and what is wrong with any of them. */
export function readOptions(options: PolicyOptions): {
  readonly condition: Template | undefined;
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const say = (path: string, rule: string, message: string): void => {
    issues.push({ path, rule, message: `${path} ${message}` });
  };
  for (const path of Object.keys(options))
    if (!Object.hasOwn(RULES, path))
      say(
        path,
        "unknown",
        `is no option of the policy, which has ${Object.keys(RULES).join(", ")}; the vendor's own stand in configuration`,
      );
  if ((options.semantics as unknown) === undefined)
    say("semantics", "required", "takes v3 or v4");
  for (const [path, rule] of Object.entries(RULES)) {
    const value = options[path as keyof PolicyOptions];
    const fault = value === undefined ? undefined : rule(value);
    if (fault !== undefined) say(path, "option", fault);
  }
  if (options.externalId !== undefined && options.externalIdKey !== undefined)
    say("externalId", "conflict", "cannot go together with externalIdKey");
  try {
    const { condition: text } = options;
    const condition =
      typeof text === "string" ? parseTemplate(text) : undefined;
    if (condition?.isConstant && !isTruth(condition.text))
      say(
        "condition",
        "expression",
        "is neither true nor false, and has no expression: expressions stand in braces",
      );
    return { condition, issues };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    issues.push({
      path: "condition",
      rule: "expression",
      message: `condition, ${error.message}`,
    });
    return { condition: undefined, issues };
  }
}
