import type { JsonObject } from "../../../src/internal";
import type { ReportIssue } from "./ReportIssue";
import { TemplateError } from "../expression/errors/TemplateError";
import { parseTemplate } from "../expression/parseTemplate";
import type { Template } from "../expression/Template";
import type { PolicyOptions } from "./PolicyOptions";
import {
  IDENTITY_OPTIONS,
  TEMPLATED_OPTIONS,
  type TemplatedOption,
} from "./templatedOptions";

/** Parses the string options of a configuration. */
export function readTemplates({
  fields,
  ssl,
  escape,
  report,
}: {
  readonly fields: JsonObject;
  readonly ssl: JsonObject;
  readonly escape: PolicyOptions["escape"];
  readonly report: ReportIssue;
}): Map<TemplatedOption, Template> {
  const templates = new Map<TemplatedOption, Template>();
  for (const name of TEMPLATED_OPTIONS) {
    const value = name.startsWith("ssl.") ? ssl[name.slice(4)] : fields[name];
    const template = readTemplate(value, {
      path: name,
      escape: name === "payload" ? escape : undefined,
      report,
    });
    if (template) templates.set(name, template);
  }
  return templates;
}

/** Parses one string. Returns undefined when it is not set, or not valid; the latter is reported. */
export function readTemplate(
  value: unknown,
  {
    path,
    escape,
    report,
  }: {
    readonly path: string;
    readonly escape?: PolicyOptions["escape"];
    readonly report: ReportIssue;
  },
): Template | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") {
    report(path, "string", `${path} must be a string`);
    return undefined;
  }
  try {
    const template = parseTemplate(value, { escape });
    if (template.secrets.length > 0 && !IDENTITY_OPTIONS.has(path))
      report(
        path,
        "secret",
        `${path} must not use #secrets; only ${[...IDENTITY_OPTIONS].join(", ")} can use it`,
      );
    return template;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    report(path, "expression", `${path} ${error.description}`);
    return undefined;
  }
}
