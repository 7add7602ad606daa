import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { calculate } from "./arithmetic";
import { kindOf, nameOf } from "./kindOf";
import { isInteger, isNumeric } from "./numbers";
import { toJavaText, toText } from "./toText";
import type { Value } from "./Value";

/** `+`: numbers are added, a text and anything else are put together. */
export function plus(left: Value, right: Value, meter: Meter): Value {
  if (isNumeric(left) && isNumeric(right)) return calculate("+", left, right);
  if (typeof left === "string" || typeof right === "string") {
    const [a, b] = [toPart(left, meter), toPart(right, meter)];
    meter.takeText(a.length + b.length);
    return a + b;
  }
  return fail(`${nameOf(left)} and ${nameOf(right)} cannot be added`);
}

/** What a value adds to a text: converted where it can be, else as Java prints it. */
function toPart(value: Value, meter: Meter): string {
  return (
    (kindOf(value) === "map"
      ? toJavaText(value, meter)
      : toText(value, meter)) ?? "null"
  );
}

/** `*`: numbers are multiplied, a text is repeated. */
export function times(left: Value, right: Value, meter: Meter): Value {
  if (isNumeric(left) && isNumeric(right)) return calculate("*", left, right);
  if (typeof left === "string" && isNumeric(right) && isInteger(right))
    return repeat(left, Number(right), meter);
  return fail(`${nameOf(left)} and ${nameOf(right)} cannot be multiplied`);
}

/** A text so many times. */
export function repeat(text: string, times: number, meter: Meter): string {
  if (times < 0) return fail("a text cannot be repeated less than 0 times");
  meter.takeText(text.length * times);
  return text.repeat(times);
}
