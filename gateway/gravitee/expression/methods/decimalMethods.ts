import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { calculate, negate, toDecimal } from "../values/arithmetic";
import { compareNumbers } from "../values/compare";
import { Decimal, MOST_DIGITS } from "../values/Decimal";
import { isInteger, isNumeric, type Numeric } from "../values/numbers";
import { divide, ROUNDINGS, setScale, type Rounding } from "../values/rounding";
import type { Value } from "../values/Value";
import { method, type Method, type Methods } from "../members/Method";
import { NUMBER_METHODS } from "./numberMethods";

/** The methods of Java's `BigDecimal`. */
export const DECIMAL_METHODS: Methods<Decimal> = new Map<
  string,
  Method<Decimal>
>([
  ...(NUMBER_METHODS as Methods<Decimal>),
  ["add", method(["number"], (a, [b]) => exactly("+", a, b))],
  ["subtract", method(["number"], (a, [b]) => exactly("-", a, b))],
  ["multiply", method(["number"], (a, [b]) => exactly("*", a, b))],
  ["remainder", method(["number"], (a, [b]) => exactly("%", a, b))],
  ["divide", method(["number", "any?", "any?"], divideBy)],
  [
    "setScale",
    method(["int", "any?"], (a, [scale, rounding = "UNNECESSARY"]) =>
      setScale(a, { scale, rounding: toRounding(rounding) }),
    ),
  ],
  ["negate", method([], (a) => negate(a))],
  ["abs", method([], (a) => (a.digits < 0n ? negate(a) : a))],
  [
    "max",
    method(["number"], (a, [b]) =>
      compareNumbers(a, b) < 0 ? toDecimal(b) : a,
    ),
  ],
  [
    "min",
    method(["number"], (a, [b]) =>
      compareNumbers(a, b) > 0 ? toDecimal(b) : a,
    ),
  ],
  ["signum", method([], (a) => Number(a.digits > 0n) - Number(a.digits < 0n))],
  ["scale", method([], ({ scale }) => scale)],
  ["precision", method([], (a) => precisionOf(a))],
  ["stripTrailingZeros", method([], (a, _, meter) => strip(a, meter))],
  ["toPlainString", method([], (a) => a.toPlainString())],
  [
    "equals",
    method(
      ["any"],
      (a, [b]) =>
        b instanceof Decimal && a.scale === b.scale && a.digits === b.digits,
    ),
  ],
]);

function exactly(
  operator: "+" | "-" | "*" | "%",
  a: Decimal,
  b: Numeric,
): Value {
  return calculate(operator, a, toDecimal(b));
}

function divideBy(
  a: Decimal,
  [by, second, third]: readonly [Numeric, Value | undefined, Value | undefined],
  meter: Meter,
): Value {
  const b = toDecimal(by);
  if (second === undefined) return divideExactly(a, b, meter);
  if (third === undefined)
    return divide(a, b, { scale: a.scale, rounding: toRounding(second) });
  if (!isNumeric(second) || !isInteger(second))
    return fail("the scale of a division must be an integer");
  return divide(a, b, { scale: Number(second), rounding: toRounding(third) });
}

function divideExactly(a: Decimal, b: Decimal, meter: Meter): Decimal {
  const preferred = a.scale - b.scale;
  const digits = Math.ceil((10 * precisionOf(b)) / 3) + precisionOf(a);
  const scale = Math.min(Math.max(0, preferred) + digits, MOST_DIGITS);
  let exact = divide(a, b, { scale, rounding: "UNNECESSARY" });
  while (exact.scale > preferred && exact.digits % 10n === 0n) {
    meter.charge(DIGIT);
    exact = new Decimal(exact.digits / 10n, exact.scale - 1);
  }
  return exact;
}

function precisionOf({ digits }: Decimal): number {
  return (digits < 0n ? -digits : digits).toString().length;
}

/** Steps of removing a digit. */
const DIGIT = 1_024;

function strip(value: Decimal, meter: Meter): Decimal {
  if (value.digits === 0n) return new Decimal(0n, 0);
  let { digits, scale } = value;
  while (digits % 10n === 0n && scale > -MOST_DIGITS) {
    meter.charge(DIGIT);
    digits /= 10n;
    scale--;
  }
  return new Decimal(digits, scale);
}

/** Converts the name or the legacy number of a rounding mode. */
export function toRounding(value: Value): Rounding {
  const named = ROUNDINGS.find(
    (name, at) => name === value || (isNumeric(value) && at === value),
  );
  return (
    named ?? fail(`the rounding mode must be one of ${ROUNDINGS.join(", ")}`)
  );
}
