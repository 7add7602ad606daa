import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "./admit";
import { nameOf } from "./kindOf";
import type { Value } from "./Value";

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["on", true],
  ["yes", true],
  ["1", true],
  ["false", false],
  ["off", false],
  ["no", false],
  ["0", false],
]);

/** Length of the longest word. */
const LONGEST = 5;

/** Converts a value to a boolean as Spring does. Of a list, the first element is converted. */
export function toBoolean(value: Value, meter: Meter): boolean | null {
  if (typeof value === "boolean") return value;
  if (value === null) return null;
  if (typeof value === "string") {
    meter.charge(value.length);
    const trimmed = value.trim();
    if (trimmed === "") return null;
    const word = trimmed.length > LONGEST ? "" : trimmed.toLowerCase();
    return (
      WORDS.get(word) ??
      fail("the string cannot be converted to a boolean; use true or false")
    );
  }
  if (Array.isArray(value)) {
    const first = admit(ownValue(value, 0));
    return Array.isArray(first)
      ? fail("a nested list cannot be converted to a boolean")
      : toBoolean(first, meter);
  }
  return fail(`${nameOf(value)} cannot be converted to a boolean`);
}
