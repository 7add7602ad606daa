import { Decimal } from "./Decimal";

/** Steps of an operation on a decimal of the maximum size. */
const DECIMAL = 4_096;

/** Steps of an operation on an integer outside the safe range. */
const BIG_INTEGER = 512;

/**
 * The size of a value in steps: the number of its characters, bytes or elements. The contents of elements are not included;
 * what reads them counts them.
 */
export function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value === "bigint") return BIG_INTEGER;
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  if (value instanceof Map) return value.size;
  return value instanceof Decimal ? DECIMAL : 0;
}
