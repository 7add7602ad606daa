import { fail } from "../errors/Fault";
import { bounded, divide } from "./rounding";
import { aligned, Decimal, readDecimal } from "./Decimal";
import {
  isInteger,
  Real,
  textOfNumber,
  toDouble,
  toInteger,
  truncate,
  type Numeric,
} from "./numbers";

/** Maximum size of an integer, in bits. */
const MOST_BITS = 4096n;

/** An arithmetic operator. */
export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "^";

/**
 * Applies an arithmetic operator. Integers give an exact integer, a decimal operand gives a decimal, and any other double
 * operand gives a double.
 */
export function calculate(
  operator: Arithmetic,
  left: Numeric,
  right: Numeric,
): Numeric {
  if (operator === "^") return power(left, right);
  if (left instanceof Decimal || right instanceof Decimal)
    return ofDecimals(operator, toDecimal(left), toDecimal(right));
  return isInteger(left) && isInteger(right)
    ? ofIntegers(operator, left, right)
    : Real.of(ofDoubles(operator, toDouble(left), toDouble(right)));
}

/** Negates a number. */
export function negate(value: Numeric): Numeric {
  if (typeof value === "bigint") return toInteger(-value);
  if (value instanceof Decimal) return new Decimal(-value.digits, value.scale);
  if (value instanceof Real) return new Real(-value.value);
  return Number.isInteger(value) ? 0 - value : -value;
}

function ofIntegers(
  operator: Exclude<Arithmetic, "^">,
  left: number | bigint,
  right: number | bigint,
): number | bigint {
  if ((operator === "/" || operator === "%") && right == 0)
    return fail("division by zero");
  if (typeof left === "number" && typeof right === "number") {
    const exact = ofSafe(operator, left, right);
    if (Number.isSafeInteger(exact)) return exact + 0;
  }
  const [a, b] = [BigInt(left), BigInt(right)];
  const exact = ofBig(operator, a, b);
  if (exact >> MOST_BITS !== 0n && -exact >> MOST_BITS !== 0n)
    return fail(`an integer must have at most ${MOST_BITS} bits`);
  return toInteger(exact);
}

function ofSafe(
  operator: Exclude<Arithmetic, "^">,
  left: number,
  right: number,
): number {
  return operator === "/"
    ? Math.trunc(left / right)
    : ofDoubles(operator, left, right);
}

function ofDoubles(
  operator: Exclude<Arithmetic, "^">,
  left: number,
  right: number,
): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
  }
}

function ofBig(
  operator: Exclude<Arithmetic, "^">,
  left: bigint,
  right: bigint,
): bigint {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
  }
}

/** Raises to a power as Spring does: integers give an integer, clamped to the range of Java's `long`. */
function power(left: Numeric, right: Numeric): Numeric {
  const result = toDouble(left) ** toDouble(right);
  if (!isInteger(left) || !isInteger(right)) return Real.of(result);
  return truncate(Real.of(result));
}

/** Converts a number to a decimal. */
export function toDecimal(value: Numeric): Decimal {
  if (value instanceof Decimal) return value;
  if (isInteger(value)) return new Decimal(BigInt(value), 0);
  return (
    readDecimal(textOfNumber(value)) ??
    fail(`${textOfNumber(value)} cannot be converted to a decimal`)
  );
}

function ofDecimals(
  operator: Exclude<Arithmetic, "^">,
  a: Decimal,
  b: Decimal,
): Decimal {
  if (operator === "*")
    return bounded(new Decimal(a.digits * b.digits, a.scale + b.scale));
  const { left, right, scale } = aligned(a, b);
  if (operator === "+" || operator === "-")
    return bounded(new Decimal(ofBig(operator, left, right), scale));
  if (right === 0n) return fail("division by zero");
  if (operator === "%") return new Decimal(left % right, scale);
  return divide(a, b, { scale, rounding: "HALF_EVEN" });
}
