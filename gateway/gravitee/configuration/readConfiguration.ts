import type { Issue } from "../../../src";
import {
  findClosestName,
  isObject,
  parseJson,
  type JsonObject,
} from "../../../src/internal";
import type { ReportIssue } from "./ReportIssue";
import { checkTemplates } from "./checkTemplates";
import type { ParsedConfiguration } from "./ParsedConfiguration";
import type { PolicyScope } from "./PolicyConfiguration";
import type { PolicyOptions } from "./PolicyOptions";
import { readTemplates } from "./readTemplates";
import { readVariables } from "./readVariables";
import { TEMPLATED_OPTIONS } from "./templatedOptions";
import {
  isTimeout,
  TIMEOUT_OPTIONS,
  type TimeoutOption,
} from "./timeoutOptions";

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

const KNOWN_IN_SSL = [
  "trustAll",
  ...TEMPLATED_OPTIONS.filter((name) => name.startsWith("ssl.")).map((name) =>
    name.slice(4),
  ),
];

/** Validates Gravitee's configuration and parses its expressions. `configuration` is undefined when it cannot be read at all. */
export function readConfiguration({
  configuration,
  escape,
}: Pick<PolicyOptions, "configuration" | "escape">): {
  readonly configuration?: ParsedConfiguration;
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const report: ReportIssue = (path, rule, message) => {
    issues.push({ path, rule, message });
  };
  const fields = readFields(configuration, report);
  if (!fields) return { issues };
  const ssl = readObject(fields, "ssl", report);
  reportTypos(fields, { known: KNOWN, prefix: "", report });
  reportTypos(ssl, { known: KNOWN_IN_SSL, prefix: "ssl.", report });
  const parsed = {
    scope: readScope(fields, report),
    templates: readTemplates({ fields, ssl, escape, report }),
    timeouts: readTimeouts(fields, report),
    trustAll: readFlag(ssl["trustAll"], "ssl.trustAll", report),
    variables: readVariables(fields, report),
    sendToConsumer: readFlag(
      fields["sendToConsumer"],
      "sendToConsumer",
      report,
    ),
  };
  if ((fields["sessionToken"] ?? undefined) !== undefined)
    report(
      "sessionToken",
      "unknown",
      "sessionToken is not an option of the policy; set temporary credentials as connection.credentials",
    );
  checkTemplates(parsed.templates, report);
  return { configuration: parsed, issues };
}

function readFields(
  configuration: unknown,
  report: ReportIssue,
): JsonObject | undefined {
  let value = configuration;
  if (typeof configuration === "string")
    try {
      value = parseJson(configuration);
    } catch (error) {
      report(
        "configuration",
        "json",
        `configuration must be valid JSON (${(error as Error).message})`,
      );
      return undefined;
    }
  if (!isObject(value)) {
    report(
      "configuration",
      "object",
      "configuration must be the policy's configuration, as an object or as JSON",
    );
    return undefined;
  }
  if (isObject(value["configuration"])) {
    report(
      "configuration",
      "object",
      "configuration must be the policy's configuration, not a whole step; pass the configuration of the step",
    );
    return undefined;
  }
  return value;
}

function readObject(
  fields: JsonObject,
  name: string,
  report: ReportIssue,
): JsonObject {
  const value = fields[name] ?? {};
  if (isObject(value)) return value;
  report(name, "object", `${name} must be an object`);
  return {};
}

/** Gravitee ignores unknown options, and so does this policy, except for likely typos. */
function reportTypos(
  fields: JsonObject,
  {
    known,
    prefix,
    report,
  }: {
    readonly known: readonly string[];
    readonly prefix: string;
    readonly report: ReportIssue;
  },
): void {
  for (const name of Object.keys(fields)) {
    const suggestion = known.includes(name)
      ? undefined
      : findClosestName(name, known);
    if (suggestion !== undefined)
      report(
        prefix + name,
        "unknown",
        `${prefix}${name} is not an option of the policy; did you mean ${prefix}${suggestion}?`,
      );
  }
}

function readScope({ scope }: JsonObject, report: ReportIssue): PolicyScope {
  if (scope === undefined || scope === null) return "REQUEST";
  if (typeof scope === "string" && SCOPES.includes(scope))
    return scope as PolicyScope;
  report("scope", "scope", `scope must be one of ${SCOPES.join(", ")}`);
  return "REQUEST";
}

function readTimeouts(
  fields: JsonObject,
  report: ReportIssue,
): ParsedConfiguration["timeouts"] {
  const timeouts: Partial<Record<TimeoutOption, number>> = {};
  for (const [name, formerName] of Object.entries(TIMEOUT_OPTIONS) as [
    TimeoutOption,
    string | undefined,
  ][]) {
    const value = fields[name] ?? (formerName && fields[formerName]) ?? 0;
    if (!isTimeout(value))
      report(
        name,
        "range",
        `${name} must be an integer from 0 to 2,147,483,647, in milliseconds`,
      );
    else if (value > 0) timeouts[name] = value;
  }
  return timeouts;
}

function readFlag(flag: unknown, path: string, report: ReportIssue): boolean {
  const value = flag ?? false;
  if (typeof value !== "boolean")
    report(path, "boolean", `${path} must be true or false`);
  return value === true;
}
