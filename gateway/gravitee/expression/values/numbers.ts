import { Decimal } from "./Decimal";

/**
 * A double whose value is a whole number, such as `1.0`. The other numbers of an evaluation are JavaScript values: a whole
 * `number` is an integer, a `bigint` is an integer outside the safe range, and any other `number` is a double.
 */
export class Real {
  constructor(readonly value: number) {}

  /** Represents a double. */
  static of(value: number): number | Real {
    return Number.isInteger(value) ? new Real(value) : value;
  }
}

/** Represents an integer: as a `number` in the safe range, otherwise as a `bigint`. */
export function toInteger(value: bigint): number | bigint {
  return value >= LOWEST && value <= HIGHEST ? Number(value) : value;
}

const LOWEST = BigInt(Number.MIN_SAFE_INTEGER);
const HIGHEST = BigInt(Number.MAX_SAFE_INTEGER);

/** A number in an expression. */
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

/** Whether a number is an integer, as opposed to a double or a decimal. */
export function isInteger(value: Numeric): value is number | bigint {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** Converts a number to the nearest double. */
export function toDouble(value: Numeric): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Real ? value.value : Number(value.toString());
}

/** Formats a number as Java does. */
export function textOfNumber(value: Numeric): string {
  if (typeof value === "bigint" || value instanceof Decimal)
    return value.toString();
  if (value instanceof Real) return textOfDouble(value.value);
  return Number.isInteger(value) ? (value + 0).toString() : textOfDouble(value);
}

/** Formats a double as Java does: `1.5`, `1000.0`, `1.0E10`. */
function textOfDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7)
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = "", power = ""] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(power)}`;
}

/** Converts a number to an integer by removing its decimal places. A double is clamped to the range of Java's `long`. */
export function truncate(value: Numeric): number | bigint {
  if (typeof value === "bigint") return value;
  if (value instanceof Decimal) return toInteger(value.toBigInt());
  const cut = Math.trunc(toDouble(value));
  if (Number.isNaN(cut)) return 0;
  if (!Number.isFinite(cut)) return cut > 0 ? LONGEST : -LONGEST - 1n;
  return Number.isSafeInteger(cut) ? cut + 0 : BigInt(cut);
}

/** Java's `Long.MAX_VALUE`. */
export const LONGEST = 9_223_372_036_854_775_807n;
