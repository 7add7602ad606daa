import type { Meter } from "../metering/Meter";
import { compareNumbers } from "../values/compare";
import { hashOf } from "../text/hashOf";
import {
  isInteger,
  isNumeric,
  Real,
  textOfNumber,
  toDouble,
  toInteger,
  truncate,
  type Numeric,
} from "../values/numbers";
import { method, type Method, type Methods } from "../members/Method";

/** The methods of Java's `Integer`, `Long` and `Double`. */
export const NUMBER_METHODS: Methods<Numeric> = new Map<
  string,
  Method<Numeric>
>([
  ["intValue", method([], (number) => toBits(number, 32))],
  ["longValue", method([], (number) => toBits(number, 64))],
  ["shortValue", method([], (number) => toBits(number, 16))],
  ["byteValue", method([], (number) => toBits(number, 8))],
  ["doubleValue", method([], (number) => Real.of(toDouble(number)))],
  ["floatValue", method([], (number) => toFloat(number))],
  ["toString", method([], (number) => textOfNumber(number))],
  ["hashCode", method([], (number, _, meter) => hashOfNumber(number, meter))],
  [
    "compareTo",
    method(["number"], (number, [other]) => compareNumbers(number, other)),
  ],
  [
    "equals",
    method(
      ["any"],
      (number, [other]) =>
        isNumeric(other) &&
        isInteger(number) === isInteger(other) &&
        compareNumbers(number, other) === 0,
    ),
  ],
  ["isNaN", method([], (number) => Number.isNaN(toDouble(number)))],
  [
    "isInfinite",
    method([], (number) => Math.abs(toDouble(number)) === Infinity),
  ],
]);

/** Converts a number to an integer of the given size, as Java does: a double is clamped to the range, an integer wraps. */
export function toBits(
  value: Numeric,
  bits: 8 | 16 | 32 | 64,
): number | bigint {
  const whole = truncate(value);
  const cut = BigInt.asIntN(bits, BigInt(whole));
  const most = 2n ** BigInt(bits - 1) - 1n;
  if (isInteger(value) || bits < 32) return toInteger(cut);
  const least = -most - 1n;
  if (whole > most) return toInteger(most);
  return whole < least ? toInteger(least) : whole;
}

/** Converts a number to single precision, with the shortest digits that identify it. */
export function toFloat(value: Numeric): number | Real {
  const single = Math.fround(toDouble(value));
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return Real.of(short);
  }
  return Real.of(single);
}

function hashOfNumber(value: Numeric, meter: Meter): number {
  if (!isInteger(value)) return hashOf(textOfNumber(value), meter);
  const bits = BigInt.asUintN(64, BigInt(value));
  return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
}
