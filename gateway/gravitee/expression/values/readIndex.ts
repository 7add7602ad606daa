import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "./admit";
import { Bean } from "./Bean";
import { readKey } from "./dictionaries";
import { readBean } from "./readBean";
import { sizeOf } from "./sizeOf";
import { kindOf, nameOf } from "./kindOf";
import { isInteger, isNumeric } from "./numbers";
import { readNumberText } from "./readNumberText";
import type { Dictionary, Value } from "./Value";

/** Reads a value by index: an item of a list, a character of a string, the value of a map key, or a property of a bean. */
export function readIndex(value: Value, index: Value, meter: Meter): Value {
  meter.charge(sizeOf(index));
  if (value === null)
    return fail(
      "cannot read an index of null; use ?.[…] if the value may be null",
    );
  if (Array.isArray(value))
    return admit(ownValue(value, positionOf(index, value.length)));
  if (typeof value === "string")
    return value[positionOf(index, value.length)] ?? "";
  if (value instanceof Uint8Array) {
    const byte = value[positionOf(index, value.length)] ?? 0;
    return byte > 127 ? byte - 256 : byte;
  }
  if (value instanceof Bean)
    return typeof index === "string" && value.has(index)
      ? readBean(value, index, meter)
      : fail(`${value.beanName} has no such property`);
  if (kindOf(value) === "map") return readKey(value as Dictionary, index);
  return fail(`${nameOf(value)} cannot be indexed`);
}

function positionOf(index: Value, length: number): number {
  const number = typeof index === "string" ? readNumberText(index) : index;
  if (!isNumeric(number) || !isInteger(number))
    return fail(`the index must be an integer but is ${nameOf(index)}`);
  return number >= 0 && number < length
    ? Number(number)
    : fail(`the index ${number} is out of bounds for length ${length}`);
}
