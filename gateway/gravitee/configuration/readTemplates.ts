import { mayBeMeant } from "../../route/mayBeMeant";
import { parseTemplate } from "../expression/parseTemplate";
import type { Template } from "../expression/Template";
import { TemplateError } from "../expression/errors/TemplateError";
import { isObject, type Fields, type Say } from "../../route/Fields";
import {
  IDENTITY_OPTIONS,
  TEMPLATED_OPTIONS,
  type ParsedConfiguration,
  type TemplatedOption,
} from "./ParsedConfiguration";
import type { PolicyOptions } from "./PolicyOptions";

/** Parses the texts of a configuration. */
export function readTemplates({
  fields,
  ssl,
  escape,
  say,
}: {
  readonly fields: Fields;
  readonly ssl: Fields;
  readonly escape: PolicyOptions["escape"];
  readonly say: Say;
}): Map<TemplatedOption, Template> {
  const texts = new Map<TemplatedOption, Template>();
  for (const name of TEMPLATED_OPTIONS) {
    const value = name.startsWith("ssl.") ? ssl[name.slice(4)] : fields[name];
    const template = readTemplate(value, {
      path: name,
      escape: name === "payload" ? escape : undefined,
      say,
    });
    if (template) texts.set(name, template);
  }
  return texts;
}

/** A text with expressions; absent where it is none, and that is noted. */
export function readTemplate(
  value: unknown,
  {
    path,
    escape,
    say,
  }: {
    readonly path: string;
    readonly escape?: PolicyOptions["escape"];
    readonly say: Say;
  },
): Template | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") {
    say(path, "text", `${path} takes a text`);
    return undefined;
  }
  try {
    const template = parseTemplate(value, { escape });
    if (template.secrets.length > 0 && !IDENTITY_OPTIONS.has(path))
      say(
        path,
        "secret",
        `${path} may not ask for secrets; ${[...IDENTITY_OPTIONS].join(", ")} may`,
      );
    return template;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    say(path, "expression", `${path}, ${error.message}`);
    return undefined;
  }
}

/** Reads the variables, and parses their values. */
export function readVariables(
  { variables }: Fields,
  say: Say,
): ParsedConfiguration["variables"] {
  const given: unknown = variables ?? [];
  if (!Array.isArray(given)) {
    say("variables", "array", "variables takes a list of name and value");
    return [];
  }
  return given.flatMap((each: unknown, at) => {
    const path = `variables[${at}]`;
    if (!isObject(each) || typeof each["name"] !== "string" || !each["name"]) {
      say(`${path}.name`, "required", `${path} takes a name, and a value`);
      return [];
    }
    const slip = Object.keys(each).find(
      (name) => name !== "name" && mayBeMeant(name, ["value", "name"]),
    );
    if (slip !== undefined && slip !== "value")
      say(
        `${path}.${slip}`,
        "unknown",
        `${path} has name and value, not ${slip}`,
      );
    const value = readTemplate(each["value"], { path: `${path}.value`, say });
    return [{ name: each["name"], value }];
  });
}
