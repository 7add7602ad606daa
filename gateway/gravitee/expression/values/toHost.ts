import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { Decimal } from "./Decimal";
import { keysOf, readKey } from "./dictionaries";
import { elementsOf } from "./elements";
import { JavaObject } from "./JavaObject";
import { kindOf } from "./kindOf";
import { Real } from "./numbers";
import { DEEPEST, toText } from "./toText";
import type { Dictionary, Value } from "./Value";

/**
 * A value returned to the application: plain values, lists as arrays, maps as `Map`, integers outside the safe range as
 * `bigint`, and decimals and Java objects as strings. Beans of the application are returned unchanged.
 *
 * @category Gateway
 */
export type HostValue =
  | null
  | string
  | boolean
  | number
  | bigint
  | Date
  | Uint8Array
  | readonly HostValue[]
  | ReadonlyMap<HostValue, HostValue>
  | object;

/** Converts a value to the form in which it is returned to the application. */
export function toHost(value: Value, meter: Meter): HostValue {
  return release(value, { meter, depth: 0 });
}

function release(value: Value, at: { meter: Meter; depth: number }): HostValue {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Real) return value.value;
  if (value instanceof Decimal || value instanceof JavaObject)
    return toText(value, at.meter);
  if (at.depth >= DEEPEST)
    fail(`lists and maps are nested more than ${DEEPEST} levels deep`);
  const next = { meter: at.meter, depth: at.depth + 1 };
  if (Array.isArray(value))
    return elementsOf(value, at.meter).map((item) => release(item, next));
  if (kindOf(value) !== "map") return value;
  const map = value as Dictionary;
  return new Map(
    keysOf(map, at.meter).map((key) => [
      release(key, next),
      release(readKey(map, key), next),
    ]),
  );
}
