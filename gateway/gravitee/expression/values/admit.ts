import { types } from "node:util";
import { fail } from "../errors/Fault";
import { Bean } from "./Bean";
import { Decimal } from "./Decimal";
import { JavaObject } from "./JavaObject";
import { MapLike } from "./MapLike";
import { Real } from "./numbers";
import type { Value } from "./Value";

/** Lets a value of the host's in, or refuses it. What it holds is admitted when it is read. */
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
      return fail(`there is a ${typeof value}, which no expression may read`);
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

/** Bytes as Node makes them, not as a class of the host's. */
function isPlainBytes(bytes: Uint8Array): boolean {
  const prototype: unknown = Object.getPrototypeOf(bytes);
  return prototype === Uint8Array.prototype || prototype === Buffer.prototype;
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called on a Date, whatever the object says of it
const TIME_OF = Date.prototype.getTime;

function refuse(): never {
  return fail(
    "there is an instance of a class of the host's, which no expression may read; plain objects, arrays and Map are read",
  );
}

/** A value of a plain object's own, neither inherited nor behind an accessor. Absent: there is none. */
export function ownValue(of: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(of, key)?.value as unknown;
}
