import { mayBeMeant } from "../../route/mayBeMeant";
import { parseTemplate } from "../expression/parseTemplate";
import type { Template } from "../expression/Template";
import { TemplateError } from "../expression/errors/TemplateError";
import { isObject, type Fields, type Say } from "../../route/Fields";
import { IDENTITY, TEXTS, type Plan, type TextName } from "./ParsedConfiguration";
import type { PolicyOptions } from "./PolicyOptions";

/** Parses the texts of a configuration. */
export function readTexts({
  fields,
  ssl,
  escape,
  say,
}: {
  readonly fields: Fields;
  readonly ssl: Fields;
  readonly escape: PolicyOptions["escape"];
  readonly say: Say;
}): Map<TextName, Template> {
  const texts = new Map<TextName, Template>();
  for (const name of TEXTS) {
    const value = name.startsWith("ssl.") ? ssl[name.slice(4)] : fields[name];
    const template = templateAt(value, {
      path: name,
      escape: name === "payload" ? escape : undefined,
      say,
    });
    if (template) texts.set(name, template);
  }
  return texts;
}

/** A text with expressions; absent where it is none, and that is noted. */
export function templateAt(
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
    if (template.secrets.length > 0 && !IDENTITY.has(path))
      say(
        path,
        "secret",
        `${path} may not ask for secrets; ${[...IDENTITY].join(", ")} may`,
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
): Plan["variables"] {
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
    const value = templateAt(each["value"], { path: `${path}.value`, say });
    return [{ name: each["name"], value }];
  });
}
