import type { Issue } from "../../../src";
import { mayBeMeant } from "../../route/mayBeMeant";
import { isObject, type Fields, type Say } from "../../route/Fields";
import { readTemplates, readVariables } from "./readTemplates";
import {
  isTimeout,
  TEMPLATED_OPTIONS,
  TIMEOUT_OPTIONS,
  type ParsedConfiguration,
  type TemplatedOption,
  type TimeoutOption,
} from "./ParsedConfiguration";
import type { PolicyScope } from "./PolicyConfiguration";
import type { PolicyOptions } from "./PolicyOptions";

/** A configuration as it was read, and what is wrong with it. */
export interface ReadConfiguration {
  /** Absent: it is no object. */
  readonly plan?: ParsedConfiguration;
  readonly issues: readonly Issue[];
}

const SCOPES: readonly string[] = [
  "REQUEST",
  "REQUEST_CONTENT",
  "RESPONSE",
  "RESPONSE_CONTENT",
];

const KNOWN = [
  "scope",
  ...TEMPLATED_OPTIONS.filter((name) => !name.includes(".")),
  "variables",
  "sendToConsumer",
  ...Object.entries(TIMEOUT_OPTIONS).flatMap((names) => names.filter(Boolean)),
  "ssl",
] as string[];

const KNOWN_OF_SSL = [
  "trustAll",
  ...TEMPLATED_OPTIONS.filter((name) => name.startsWith("ssl.")).map((name) =>
    name.slice(4),
  ),
];

/** Reads the vendor's JSON; every issue at once, each with its path. */
export function readConfiguration({
  configuration,
  escape,
}: Pick<PolicyOptions, "configuration" | "escape">): ReadConfiguration {
  const issues: Issue[] = [];
  const say: Say = (path, rule, message) => {
    issues.push({ path, rule, message });
  };
  const fields = fieldsOf(configuration, say);
  if (!fields) return { issues };
  const ssl = objectAt(fields, "ssl", say);
  slips(fields, { known: KNOWN, prefix: "", say });
  slips(ssl, { known: KNOWN_OF_SSL, prefix: "ssl.", say });
  const plan = {
    scope: scopeOf(fields, say),
    templates: readTemplates({ fields, ssl, escape, say }),
    timeouts: timesOf(fields, say),
    trustAll: flagAt(ssl, { name: "trustAll", path: "ssl.trustAll", say }),
    variables: readVariables(fields, say),
    sendToConsumer: flagAt(fields, {
      name: "sendToConsumer",
      path: "sendToConsumer",
      say,
    }),
  };
  checkTexts(plan.templates, say);
  return { plan, issues };
}

function fieldsOf(given: unknown, say: Say): Fields | undefined {
  let value = given;
  if (typeof given === "string")
    try {
      value = JSON.parse(given);
    } catch (error) {
      say(
        "configuration",
        "json",
        `configuration is no JSON: ${(error as Error).message}`,
      );
      return undefined;
    }
  if (isObject(value) && !isObject(value["configuration"])) return value;
  if (isObject(value)) {
    say(
      "configuration",
      "object",
      "configuration is given a whole step: give what stands in its own configuration",
    );
    return undefined;
  }
  say(
    "configuration",
    "object",
    "configuration takes the policy's JSON, as text or as an object",
  );
  return undefined;
}

function objectAt(fields: Fields, name: string, say: Say): Fields {
  const value = fields[name] ?? {};
  if (isObject(value)) return value;
  say(name, "object", `${name} takes an object`);
  return {};
}

/** What the vendor does not know is passed over, but a slip would be lost that way. */
function slips(
  fields: Fields,
  {
    known,
    prefix,
    say,
  }: { readonly known: readonly string[]; readonly prefix: string; say: Say },
): void {
  for (const name of Object.keys(fields)) {
    const meant = known.includes(name) ? undefined : mayBeMeant(name, known);
    if (meant !== undefined)
      say(
        prefix + name,
        "unknown",
        `${prefix}${name} is no option of the policy; ${prefix}${meant} may be meant`,
      );
  }
}

function scopeOf({ scope }: Fields, say: Say): PolicyScope {
  if (scope === undefined || scope === null) return "REQUEST";
  if (typeof scope === "string" && SCOPES.includes(scope))
    return scope as PolicyScope;
  say("scope", "scope", `scope takes ${SCOPES.join(", ")}`);
  return "REQUEST";
}

function timesOf(fields: Fields, say: Say): ParsedConfiguration["timeouts"] {
  const times: Partial<Record<TimeoutOption, number>> = {};
  for (const [name, before] of Object.entries(TIMEOUT_OPTIONS) as [
    TimeoutOption,
    string | undefined,
  ][]) {
    const value = fields[name] ?? (before && fields[before]) ?? 0;
    if (!isTimeout(value))
      say(
        name,
        "range",
        `${name} takes a whole number of milliseconds, 0 to 2,147,483,647`,
      );
    else if (value > 0) times[name] = value;
  }
  return times;
}

function flagAt(
  fields: Fields,
  { name, path, say }: { name: string; path: string; say: Say },
): boolean {
  const value = fields[name] ?? false;
  if (typeof value !== "boolean")
    say(path, "boolean", `${path} takes true or false`);
  return value === true;
}

/** What can be told of texts before they are evaluated. */
function checkTexts(texts: ParsedConfiguration["templates"], say: Say): void {
  const isEmpty = (name: TemplatedOption): boolean =>
    (texts.get(name)?.text ?? "") === "";
  if (isEmpty("function"))
    say("function", "required", "function takes a name or an ARN");
  if (isEmpty("accessKey") !== isEmpty("secretKey"))
    say(
      "accessKey",
      "pair",
      "accessKey and secretKey go together; with one of them the vendor's policy quietly calls as the machine",
    );
  const oneOf = (name: TemplatedOption, values: readonly string[]): void => {
    const template = texts.get(name);
    if (
      template?.isConstant &&
      template.text &&
      !values.includes(template.text)
    )
      say(name, "value", `${name} takes ${values.join(", ")}`);
  };
  oneOf("invocationType", ["RequestResponse", "Event", "DryRun"]);
  oneOf("logType", ["None", "Tail"]);
}
