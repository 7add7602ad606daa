import { fail } from "../errors/Fault";
import { Decimal, MOST_DIGITS } from "./Decimal";

/** How a number is cut to fewer digits, in the order of Java's old numbers for it. */
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

/** One of them. */
export type Rounding = (typeof ROUNDINGS)[number];

/** How many digits are kept behind the point, and how the rest is dealt with. */
export interface Precision {
  readonly scale: number;
  readonly rounding: Rounding;
}

/** The same number with so many digits behind the point. */
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

/** One number divided by another one, with so many digits behind the point. */
export function divide(
  a: Decimal,
  b: Decimal,
  { scale, rounding }: Precision,
): Decimal {
  if (b.digits === 0n) return fail("it divides by zero");
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
      return fail("the number would be rounded, and may not be");
  }
}

/** The largest number, as a power of two. */
const MOST_BITS = 4096n;

/** Keeps a decimal within what is calculated with. */
export function bounded(value: Decimal): Decimal {
  const size = value.digits < 0n ? -value.digits : value.digits;
  return Math.abs(value.scale) > MOST_DIGITS || size >> MOST_BITS > 0n
    ? tooLong()
    : value;
}

function tooLong(): never {
  return fail("the number is too long to calculate with");
}
