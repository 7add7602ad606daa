import { types } from "node:util";
import { fail } from "../errors/Fault";
import { Bean } from "./Bean";
import { Decimal } from "./Decimal";
import { JavaObject } from "./JavaObject";
import { MapLike } from "./MapLike";
import { Real } from "./numbers";
import type { Value } from "./Value";

/**
 * Checks that expressions can read a value of the application. The contents of lists and maps are checked when they are read.
 *
 * @throws Fault when they cannot.
 */
export function admit(value: unknown): Value {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "bigint":
      return value;
    case "number":
      return Number.isInteger(value) && !Number.isSafeInteger(value)
        ? new Real(value)
        : value;
    case "undefined":
      return null;
    case "object":
      return value === null ? null : admitObject(value);
    default:
      return fail(`expressions cannot read a value of type ${typeof value}`);
  }
}

function admitObject(value: object): Value {
  if (types.isProxy(value)) return refuse();
  if (Array.isArray(value)) return value as unknown[];
  if (types.isDate(value)) return new Date(TIME_OF.call(value));
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || Object.getPrototypeOf(prototype) === null)
    return value as Record<string, unknown>;
  return isKnown(value) ? value : refuse();
}

function isKnown(value: object): value is Exclude<Value & object, unknown[]> {
  return (
    value instanceof MapLike ||
    value instanceof Bean ||
    value instanceof Real ||
    value instanceof Decimal ||
    value instanceof JavaObject ||
    types.isMap(value) ||
    (types.isUint8Array(value) && isPlainBytes(value))
  );
}

/** Whether it is a plain `Uint8Array` or `Buffer`, not an instance of a subclass. */
function isPlainBytes(bytes: Uint8Array): boolean {
  const prototype: unknown = Object.getPrototypeOf(bytes);
  return prototype === Uint8Array.prototype || prototype === Buffer.prototype;
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called on a Date, even if the object overrides it
const TIME_OF = Date.prototype.getTime;

function refuse(): never {
  return fail(
    "expressions cannot read instances of custom classes; use plain objects, arrays or Map",
  );
}

/** The value of an own property. Undefined if it does not exist, is inherited or is an accessor. */
export function ownValue(of: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(of, key)?.value as unknown;
}
