import { fail } from "../errors/Fault";
import { Decimal, MOST_DIGITS } from "./Decimal";

/** Java's rounding modes, in the order of their legacy numbers. */
export const ROUNDINGS = [
  "UP",
  "DOWN",
  "CEILING",
  "FLOOR",
  "HALF_UP",
  "HALF_DOWN",
  "HALF_EVEN",
  "UNNECESSARY",
] as const;

/** A rounding mode. */
export type Rounding = (typeof ROUNDINGS)[number];

/** The number of decimal places of a result, and its rounding mode. */
export interface Precision {
  readonly scale: number;
  readonly rounding: Rounding;
}

/** Changes the number of decimal places of a number. */
export function setScale(
  value: Decimal,
  { scale, rounding }: Precision,
): Decimal {
  if (Math.abs(scale) > MOST_DIGITS) return tooLong();
  if (scale >= value.scale)
    return bounded(
      new Decimal(value.digits * 10n ** BigInt(scale - value.scale), scale),
    );
  const by = 10n ** BigInt(value.scale - scale);
  return new Decimal(quotient(value.digits, by, rounding), scale);
}

/** Divides two numbers. */
export function divide(
  a: Decimal,
  b: Decimal,
  { scale, rounding }: Precision,
): Decimal {
  if (b.digits === 0n) return fail("division by zero");
  if (Math.abs(scale) > MOST_DIGITS) return tooLong();
  const shift = scale - (a.scale - b.scale);
  const left = shift > 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const right = shift < 0 ? b.digits * 10n ** BigInt(-shift) : b.digits;
  return bounded(new Decimal(quotient(left, right, rounding), scale));
}

function quotient(left: bigint, right: bigint, rounding: Rounding): bigint {
  const whole = left / right;
  const rest = left % right;
  if (rest === 0n) return whole;
  const isBelow = left < 0n !== right < 0n;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const size = right < 0n ? -right : right;
  const half = twice > size ? 1 : twice < size ? -1 : 0;
  const isAway = goesAway(rounding, {
    half,
    isBelow,
    isOdd: whole % 2n !== 0n,
  });
  return isAway ? whole + (isBelow ? -1n : 1n) : whole;
}

function goesAway(
  rounding: Rounding,
  at: { half: number; isBelow: boolean; isOdd: boolean },
): boolean {
  switch (rounding) {
    case "UP":
      return true;
    case "DOWN":
      return false;
    case "CEILING":
      return !at.isBelow;
    case "FLOOR":
      return at.isBelow;
    case "HALF_UP":
      return at.half >= 0;
    case "HALF_DOWN":
      return at.half > 0;
    case "HALF_EVEN":
      return at.half > 0 || (at.half === 0 && at.isOdd);
    case "UNNECESSARY":
      return fail("the result must be rounded; pass a rounding mode");
  }
}

/** Maximum size of the digits of a decimal, in bits. */
const MOST_BITS = 4096n;

/**
 * Checks the size of a decimal.
 *
 * @throws Fault when it is too large.
 */
export function bounded(value: Decimal): Decimal {
  const size = value.digits < 0n ? -value.digits : value.digits;
  return Math.abs(value.scale) > MOST_DIGITS || size >> MOST_BITS > 0n
    ? tooLong()
    : value;
}

function tooLong(): never {
  return fail(
    `a decimal must have at most ${MOST_DIGITS} decimal places and ${MOST_BITS} bits`,
  );
}
