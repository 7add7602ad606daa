import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { toDecimal } from "./arithmetic";
import { admit, ownValue } from "./admit";
import { aligned, Decimal } from "./Decimal";
import { hasKey, keysOf, readKey } from "./dictionaries";
import { JavaObject } from "./JavaObject";
import { kindOf, nameOf } from "./kindOf";
import { isNumeric, toDouble, type Numeric } from "./numbers";
import { DEEPEST } from "./toText";
import type { Dictionary, Value } from "./Value";

/** Whether two values are equal. Numbers of different types are compared by value, lists and maps by their contents. */
export function isEqual(left: Value, right: Value, meter: Meter): boolean {
  return isSame(left, right, { meter, depth: 0 });
}

function isSame(
  left: Value,
  right: Value,
  at: { meter: Meter; depth: number },
): boolean {
  if (typeof left === "string" && typeof right === "string") {
    if (left.length !== right.length) return false;
    at.meter.charge(left.length);
    return left === right;
  }
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (isNumeric(left) && isNumeric(right))
    return compareNumbers(left, right) === 0;
  const kind = kindOf(left);
  if (kind !== kindOf(right)) return false;
  if (kind === "date") return Number(left) === Number(right);
  if (left instanceof JavaObject) return left.equals(right);
  if (kind !== "list" && kind !== "map") return false;
  if (at.depth >= DEEPEST)
    fail(`lists and maps are nested more than ${DEEPEST} levels deep`);
  const next = { meter: at.meter, depth: at.depth + 1 };
  return kind === "list"
    ? areSameLists(left as unknown[], right as unknown[], next)
    : areSameMaps(left as Dictionary, right as Dictionary, next);
}

function areSameLists(
  left: readonly unknown[],
  right: readonly unknown[],
  next: { meter: Meter; depth: number },
): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) {
    next.meter.step();
    const [a, b] = [admit(ownValue(left, at)), admit(ownValue(right, at))];
    if (!isSame(a, b, next)) return false;
  }
  return true;
}

function areSameMaps(
  left: Dictionary,
  right: Dictionary,
  next: { meter: Meter; depth: number },
): boolean {
  const keys = keysOf(left, next.meter);
  if (keys.length !== keysOf(right, next.meter).length) return false;
  return keys.every(
    (key) =>
      hasKey(right, key) &&
      isSame(readKey(left, key), readKey(right, key), next),
  );
}

/** Compares two values. Negative if the left one is less, positive if it is greater. Null is less than any other value. */
export function compareValues(left: Value, right: Value, meter: Meter): number {
  if (left === null || right === null)
    return Number(right === null) - Number(left === null);
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right);
  const kind = kindOf(left);
  if (kind === kindOf(right)) {
    if (typeof left === "string" && typeof right === "string") {
      meter.charge(Math.min(left.length, right.length));
      return left < right ? -1 : Number(left > right);
    }
    if (kind === "boolean" || kind === "date")
      return Number(left) - Number(right);
    if (left instanceof JavaObject && right instanceof JavaObject)
      return left.compareTo(right);
  }
  return fail(`${nameOf(left)} and ${nameOf(right)} cannot be compared`);
}

/** Compares two numbers. Negative if the left one is less, positive if it is greater. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (left instanceof Decimal || right instanceof Decimal) {
    if (
      ![left, right].every(
        (each) => each instanceof Decimal || Number.isFinite(toDouble(each)),
      )
    )
      return toDouble(left) - toDouble(right);
    const decimals = aligned(toDecimal(left), toDecimal(right));
    return (
      Number(decimals.left > decimals.right) -
      Number(decimals.left < decimals.right)
    );
  }
  const [a, b] = [
    typeof left === "bigint" ? left : toDouble(left),
    typeof right === "bigint" ? right : toDouble(right),
  ];
  if (a < b) return -1;

  return a > b ? 1 : a == b ? 0 : NaN;
}

/** Whether a value is in a range, given as a list of its two bounds (inclusive). */
export function isBetween(value: Value, range: Value, meter: Meter): boolean {
  if (!Array.isArray(range) || range.length !== 2)
    return fail(
      "between must be followed by a list of two values, for example {1, 5}",
    );
  const [least, most] = [admit(ownValue(range, 0)), admit(ownValue(range, 1))];
  return (
    compareValues(value, least, meter) >= 0 &&
    compareValues(value, most, meter) <= 0
  );
}
