import { Decimal } from "./Decimal";

/**
 * Numbers, as the evaluation has them: a JavaScript number that is whole is an integer, as is a bigint, which stands for
 * one outside the safe range; a number that is not whole is a double, as is a `Real`, which stands for a double that is.
 */
export class Real {
  constructor(readonly value: number) {}

  /** The double of that value. */
  static of(value: number): number | Real {
    return Number.isInteger(value) ? new Real(value) : value;
  }
}

/** An integer in the shape that it has here. */
export function toInteger(value: bigint): number | bigint {
  return value >= LOWEST && value <= HIGHEST ? Number(value) : value;
}

const LOWEST = BigInt(Number.MIN_SAFE_INTEGER);
const HIGHEST = BigInt(Number.MAX_SAFE_INTEGER);

/** What is calculated with. */
export type Numeric = number | bigint | Real | Decimal;

/** Whether a value is a number. */
export function isNumeric(value: unknown): value is Numeric {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    value instanceof Real ||
    value instanceof Decimal
  );
}

/** Whether a number is an integer in the sense above. */
export function isInteger(value: Numeric): value is number | bigint {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** The nearest double, as JavaScript has it. */
export function toDouble(value: Numeric): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Real ? value.value : Number(value.toString());
}

/** A number as Java prints it. */
export function textOfNumber(value: Numeric): string {
  if (typeof value === "bigint" || value instanceof Decimal)
    return value.toString();
  if (value instanceof Real) return textOfDouble(value.value);
  return Number.isInteger(value) ? (value + 0).toString() : textOfDouble(value);
}

/** A double as Java prints it: `1.5`, `1000.0`, `1.0E10`. */
function textOfDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7)
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = "", power = ""] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(power)}`;
}

/** A whole number of a numeric one: what is behind the point is cut off. */
export function truncate(value: Numeric): number | bigint {
  if (typeof value === "bigint") return value;
  if (value instanceof Decimal) return toInteger(value.toBigInt());
  const cut = Math.trunc(toDouble(value));
  if (Number.isNaN(cut)) return 0;
  if (!Number.isFinite(cut)) return cut > 0 ? LONGEST : -LONGEST - 1n;
  return Number.isSafeInteger(cut) ? cut + 0 : BigInt(cut);
}

/** Java's Long.MAX_VALUE. */
export const LONGEST = 9_223_372_036_854_775_807n;
