import type { ValidationError } from "../../../domain/decorators";
import type { Issue } from "../../errors";
import { removeFinalPeriod } from "../text/toSentence";

/** Translates an error of class-validator into issues, without the value. */
export function toIssues(error: ValidationError, parent?: string): Issue[] {
  const isIndex = /^\d+$/.test(error.property);
  const path = isIndex
    ? `${parent ?? ""}[${error.property}]`
    : toPath(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(
    ([rule, message]) => ({
      path,
      rule,
      message: addPath(message, { property: error.property, path }),
    }),
  );
  const nested = (error.children ?? []).flatMap((child) =>
    toIssues(child, path),
  );
  return [...own, ...nested];
}

/** Replaces the property in a message by its full path. A message that does not name it is quoted. */
export function addPath(
  message: string,
  { property, path }: { property: string; path: string },
): string {
  if (path === property) return message;
  const words = message.split(" ");
  const position = words.indexOf(property);
  if (position < 0) return `${path} is invalid (${removeFinalPeriod(message)})`;
  words[position] = path;
  return words.join(" ");
}

/** Joins the path of an object and the name of a field. */
export function toPath(parent: string | undefined, field: string): string {
  return parent === undefined ? field : `${parent}.${field}`;
}
