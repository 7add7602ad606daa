import { Bean } from "./Bean";
import { JavaObject } from "./JavaObject";
import { isNumeric, isInteger } from "./numbers";
import { Decimal } from "./Decimal";
import type { Value } from "./Value";

/** The type of a value in the expression language. */
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

/** Returns the kind of a value. */
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

const NAMES: Readonly<Record<Kind, string>> = {
  null: "null",
  text: "a string",
  boolean: "a boolean",
  integer: "an integer",
  double: "a double",
  decimal: "a decimal",
  date: "a date",
  bytes: "a byte array",
  list: "a list",
  map: "a map",
  bean: "a bean",
  object: "an object",
};

/** Describes the type of a value in error messages, for example `an integer`. */
export function nameOf(value: Value): string {
  if (value instanceof JavaObject) return `a ${value.className}`;
  if (value instanceof Bean) return value.beanName;
  return NAMES[kindOf(value)];
}
