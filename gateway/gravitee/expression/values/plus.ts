import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { calculate } from "./arithmetic";
import { kindOf, nameOf } from "./kindOf";
import { isInteger, isNumeric } from "./numbers";
import { toJavaText, toText } from "./toText";
import type { Value } from "./Value";

/** Implements `+`: adds numbers, and concatenates if one operand is a string. */
export function plus(left: Value, right: Value, meter: Meter): Value {
  if (isNumeric(left) && isNumeric(right)) return calculate("+", left, right);
  if (typeof left === "string" || typeof right === "string") {
    const [a, b] = [toPart(left, meter), toPart(right, meter)];
    meter.takeText(a.length + b.length);
    return a + b;
  }
  return fail(`${nameOf(left)} and ${nameOf(right)} cannot be added`);
}

/** Converts an operand of a concatenation to a string. A map is formatted as Java does. */
function toPart(value: Value, meter: Meter): string {
  return (
    (kindOf(value) === "map"
      ? toJavaText(value, meter)
      : toText(value, meter)) ?? "null"
  );
}

/** Implements `*`: multiplies numbers, and repeats a string. */
export function times(left: Value, right: Value, meter: Meter): Value {
  if (isNumeric(left) && isNumeric(right)) return calculate("*", left, right);
  if (typeof left === "string" && isNumeric(right) && isInteger(right))
    return repeat(left, Number(right), meter);
  return fail(`${nameOf(left)} and ${nameOf(right)} cannot be multiplied`);
}

/** Repeats a string. */
export function repeat(text: string, times: number, meter: Meter): string {
  if (times < 0)
    return fail("a string cannot be repeated a negative number of times");
  meter.takeText(text.length * times);
  return text.repeat(times);
}
