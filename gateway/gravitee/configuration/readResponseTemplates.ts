import type { Issue } from "../../../src";
import { findProblem } from "../../route/verdict/findProblem";
import {
  findClosestName,
  isObject,
  type JsonObject,
} from "../../../src/internal";
import type { ReportIssue } from "./ReportIssue";
import { AWS_LAMBDA_ERRORS } from "../errors/AWS_LAMBDA_ERRORS";
import type { Template } from "../expression/Template";
import { readTemplate } from "./readTemplates";

/** A response template with its body parsed. */
export interface ParsedResponseTemplate {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Template | undefined;
}

/** Response templates by error key, then by media type. */
export type ParsedResponseTemplates = ReadonlyMap<
  string,
  ReadonlyMap<string, ParsedResponseTemplate>
>;

/** The keys this policy uses. An API's templates may also have keys of other policies. */
const KEYS = [
  ...Object.values(AWS_LAMBDA_ERRORS).map(({ key }) => key),
  "DEFAULT",
];

const MEMBERS = ["status", "headers", "body"];

/** Validates `responseTemplates` and parses the bodies. */
export function readResponseTemplates(responseTemplates: unknown = {}): {
  readonly templates: ParsedResponseTemplates;
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const report: ReportIssue = (path, rule, message) => {
    issues.push({ path, rule, message: `${path}${message}` });
  };
  const templates = new Map(
    Object.entries(isObject(responseTemplates) ? responseTemplates : {}).map(
      ([key, group]) => [key, readGroup(group, { key, report })],
    ),
  );
  return { templates, issues };
}

function readGroup(
  group: unknown,
  { key, report }: { readonly key: string; readonly report: ReportIssue },
): Map<string, ParsedResponseTemplate> {
  const path = `responseTemplates['${key}']`;
  const suggestion = KEYS.includes(key)
    ? undefined
    : findClosestName(key, KEYS);
  if (suggestion !== undefined)
    report(
      path,
      "unknown",
      ` is not an error key; did you mean ${suggestion}?`,
    );
  if (!isObject(group)) {
    report(path, "object", " must be an object whose keys are media types");
    return new Map();
  }
  for (const type of Object.keys(group))
    if (!type.includes("/"))
      report(
        path,
        "type",
        ` must be an object whose keys are media types, but ${type} is not a media type`,
      );
  return new Map(
    Object.entries(group).map(([type, template]) => [
      type.toLowerCase(),
      readResponseTemplate(template, { path: `${path}['${type}']`, report }),
    ]),
  );
}

function readResponseTemplate(
  template: unknown,
  { path, report }: { readonly path: string; readonly report: ReportIssue },
): ParsedResponseTemplate {
  if (!isObject(template))
    report(path, "object", ` must be an object with ${MEMBERS.join(", ")}`);
  const fields: JsonObject = isObject(template) ? template : {};
  for (const name of Object.keys(fields))
    if (!MEMBERS.includes(name))
      report(
        path,
        "unknown",
        `.${name} is not a field of a template; its fields are ${MEMBERS.join(", ")}`,
      );
  const status = fields["status"] as number | undefined;
  const headers = (fields["headers"] ??
    {}) as ParsedResponseTemplate["headers"];
  const problem = isObject(headers)
    ? findProblem({ ...(status !== undefined && { status }), headers })
    : "headers must be an object";
  if (problem !== undefined)
    report(path, "sendable", ` is not valid; ${problem}`);
  const body = readTemplate(fields["body"], {
    path: `${path}.body`,
    report: (bodyPath, rule, message) => {
      report(bodyPath, rule, message.slice(bodyPath.length));
    },
  });
  return { status, headers, body };
}
