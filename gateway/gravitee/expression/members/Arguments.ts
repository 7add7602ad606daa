import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { toPattern, type Pattern } from "../text/Pattern";
import { kindOf, nameOf } from "../values/kindOf";
import { isNumeric, truncate, type Numeric } from "../values/numbers";
import { readNumberText } from "../values/readNumberText";
import { toBoolean } from "../values/toBoolean";
import { toText } from "../values/toText";
import type { Dictionary, Value } from "../values/Value";

/** The types of method arguments, by the name used in a method declaration. */
export interface Arguments {
  any: Value;
  text: string;
  int: number;
  number: Numeric;
  boolean: boolean;
  list: readonly unknown[];
  map: Dictionary;
  bytes: Uint8Array;
  pattern: Pattern;
}

type Convert = {
  readonly [Name in keyof Arguments]: (
    value: Value,
    meter: Meter,
  ) => Arguments[Name];
};

/** Converts an argument to each of these types, with the conversions of Spring. */
export const CONVERT: Convert = {
  any: (value) => value,
  text: (value, meter) =>
    toText(value, meter) ?? fail("the argument must be a string but is null"),
  int: (value) => toInt(toNumeric(value)),
  number: (value) => toNumeric(value),
  boolean: (value, meter) =>
    toBoolean(value, meter) ??
    fail("the argument must be a boolean but is null"),
  list: (value) =>
    Array.isArray(value)
      ? (value as unknown[])
      : fail(`the argument must be a list but is ${nameOf(value)}`),
  map: (value) =>
    kindOf(value) === "map"
      ? (value as Dictionary)
      : fail(`the argument must be a map but is ${nameOf(value)}`),
  bytes: (value) =>
    value instanceof Uint8Array
      ? value
      : fail(`the argument must be a byte array but is ${nameOf(value)}`),
  pattern: toPattern,
};

function toNumeric(value: Value): Numeric {
  if (isNumeric(value)) return value;
  const read = typeof value === "string" ? readNumberText(value) : undefined;
  return read ?? fail(`the argument must be a number but is ${nameOf(value)}`);
}

/** Converts a number to an integer in the range of Java's `int`. */
function toInt(value: Numeric): number {
  const whole = Number(truncate(value));
  return whole >= -2_147_483_648 && whole <= 2_147_483_647
    ? whole
    : fail("the argument must be in the range of a Java int");
}
