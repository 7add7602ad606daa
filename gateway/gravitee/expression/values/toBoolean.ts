import { fail } from "../errors/Fault";
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

/** A value as Spring converts it to a Boolean; of a list, its first element. */
export function toBoolean(value: Value): boolean | null {
  if (typeof value === "boolean") return value;
  if (value === null) return null;
  if (typeof value === "string") {
    const word = value.trim().toLowerCase();
    if (word === "") return null;
    return WORDS.get(word) ?? fail("the text is neither true nor false");
  }
  if (Array.isArray(value)) {
    const first = admit(ownValue(value, 0));
    return Array.isArray(first)
      ? fail("a list in a list is neither true nor false")
      : toBoolean(first);
  }
  return fail(`${nameOf(value)} is neither true nor false`);
}
