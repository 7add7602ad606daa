import { isObject, type Fields, type Say } from "../../route/Fields";
import { mayBeMeant } from "../../route/mayBeMeant";
import type { ParsedConfiguration } from "./ParsedConfiguration";
import { readTemplate } from "./readTemplates";

/** Validates `variables` and parses their values. */
export function readVariables(
  { variables }: Fields,
  report: Say,
): ParsedConfiguration["variables"] {
  const list: unknown = variables ?? [];
  if (!Array.isArray(list)) {
    report(
      "variables",
      "array",
      "variables must be an array of objects with name and value",
    );
    return [];
  }
  return list.flatMap((variable: unknown, index) =>
    readVariable(variable, `variables[${index}]`, report),
  );
}

function readVariable(
  variable: unknown,
  path: string,
  report: Say,
): ParsedConfiguration["variables"] {
  const fields = isObject(variable) ? variable : {};
  const { name } = fields;
  if (typeof name !== "string" || name === "") {
    report(
      `${path}.name`,
      "required",
      `${path}.name must be a non-empty string`,
    );
    return [];
  }
  const typo = Object.keys(fields).find(
    (key) => key !== "name" && mayBeMeant(key, ["value", "name"]),
  );
  if (typo !== undefined && typo !== "value")
    report(
      `${path}.${typo}`,
      "unknown",
      `${path}.${typo} is not known; a variable has name and value`,
    );
  const value = readTemplate(fields["value"], {
    path: `${path}.value`,
    report,
  });
  return [{ name, value }];
}
