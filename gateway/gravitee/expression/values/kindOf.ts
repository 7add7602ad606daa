import { Bean } from "./Bean";
import { JavaObject } from "./JavaObject";
import { isNumeric, isInteger } from "./numbers";
import { Decimal } from "./Decimal";
import type { Value } from "./Value";

/** What a value is, in the terms of the language. */
export type Kind =
  | "null"
  | "text"
  | "boolean"
  | "integer"
  | "double"
  | "decimal"
  | "date"
  | "bytes"
  | "list"
  | "map"
  | "bean"
  | "object";

/** The kind of a value. */
export function kindOf(value: Value): Kind {
  if (typeof value === "string") return "text";
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (isNumeric(value))
    return value instanceof Decimal
      ? "decimal"
      : isInteger(value)
        ? "integer"
        : "double";
  if (Array.isArray(value)) return "list";
  if (value instanceof Bean) return "bean";
  if (value instanceof JavaObject) return "object";
  if (value instanceof Uint8Array) return "bytes";
  return value instanceof Date ? "date" : "map";
}

/** What a value is called in errors. */
export function nameOf(value: Value): string {
  if (value instanceof JavaObject) return `a ${value.className}`;
  if (value instanceof Bean) return value.beanName;
  const kind = kindOf(value);
  if (kind === "null") return "null";
  return kind === "integer" ? "an integer" : `a ${kind}`;
}
