import { fail } from "../errors/Fault";
import { admit, ownValue } from "./admit";
import { Bean } from "./Bean";
import { readKey } from "./dictionaries";
import { kindOf, nameOf } from "./kindOf";
import { isInteger, isNumeric } from "./numbers";
import { readNumberText } from "./readNumberText";
import type { Dictionary, Value } from "./Value";

/** What stands at an index: of a list or a text a number, of a map a key, of a bean a property. */
export function readIndex(value: Value, index: Value): Value {
  if (value === null)
    return fail(
      "an index is read of null: write ?.[…] where it may be missing",
    );
  if (Array.isArray(value))
    return admit(ownValue(value, place(index, value.length)));
  if (typeof value === "string") return value[place(index, value.length)] ?? "";
  if (value instanceof Uint8Array) {
    const byte = value[place(index, value.length)] ?? 0;
    return byte > 127 ? byte - 256 : byte;
  }
  if (value instanceof Bean)
    return typeof index === "string" && value.has(index)
      ? admit(value.read(index))
      : fail(`there is no such property of ${value.beanName}`);
  if (kindOf(value) === "map") return readKey(value as Dictionary, index);
  return fail(`${nameOf(value)} has no index`);
}

function place(index: Value, length: number): number {
  const number = typeof index === "string" ? readNumberText(index) : index;
  if (!isNumeric(number) || !isInteger(number))
    return fail(`the index is ${nameOf(index)}, where an integer is needed`);
  return number >= 0 && number < length
    ? Number(number)
    : fail(`the index ${number} is out of range: there are ${length}`);
}
