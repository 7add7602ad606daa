import {
  findClosestName,
  isObject,
  type JsonObject,
} from "../../../src/internal";
import type { ReportIssue } from "./ReportIssue";
import type { ParsedConfiguration } from "./ParsedConfiguration";
import { readTemplate } from "./readTemplates";

/** Validates `variables` and parses their values. */
export function readVariables(
  { variables }: JsonObject,
  report: ReportIssue,
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
  report: ReportIssue,
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
    (key) => key !== "name" && findClosestName(key, ["value", "name"]),
  );
  if (typo !== undefined && typo !== "value")
    report(
      `${path}.${typo}`,
      "unknown",
      `${path}.${typo} is not a field of a variable; its fields are name, value`,
    );
  const value = readTemplate(fields["value"], {
    path: `${path}.value`,
    report,
  });
  return [{ name, value }];
}
