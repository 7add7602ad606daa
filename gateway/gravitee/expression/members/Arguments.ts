import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { toPattern, type Pattern } from "../text/Pattern";
import { kindOf, nameOf } from "../values/kindOf";
import { isNumeric, truncate, type Numeric } from "../values/numbers";
import { readNumberText } from "../values/readNumberText";
import { toBoolean } from "../values/toBoolean";
import { toText } from "../values/toText";
import type { Dictionary, Value } from "../values/Value";

/** What the arguments of methods are. */
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

/** How an argument becomes what a method takes, as Spring converts it. */
export const CONVERT: Convert = {
  any: (value) => value,
  text: (value, meter) =>
    toText(value, meter) ?? fail("null was given where a text is needed"),
  int: (value) => toInt(toNumeric(value)),
  number: (value) => toNumeric(value),
  boolean: (value) =>
    toBoolean(value) ?? fail("null was given where true or false is needed"),
  list: (value) =>
    Array.isArray(value)
      ? (value as unknown[])
      : fail(`${nameOf(value)} was given where a list is needed`),
  map: (value) =>
    kindOf(value) === "map"
      ? (value as Dictionary)
      : fail(`${nameOf(value)} was given where a map is needed`),
  bytes: (value) =>
    value instanceof Uint8Array
      ? value
      : fail(`${nameOf(value)} was given where bytes are needed`),
  pattern: toPattern,
};

function toNumeric(value: Value): Numeric {
  if (isNumeric(value)) return value;
  const read = typeof value === "string" ? readNumberText(value) : undefined;
  return read ?? fail(`${nameOf(value)} was given where a number is needed`);
}

/** A number in the range of Java's int. */
function toInt(value: Numeric): number {
  const whole = Number(truncate(value));
  return whole >= -2_147_483_648 && whole <= 2_147_483_647
    ? whole
    : fail("a number was given that is out of the range of an int");
}
