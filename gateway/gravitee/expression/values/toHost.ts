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
 * What the host is handed: plain values, lists as arrays, maps as `Map`, integers beyond the safe range as bigint, decimals
 * and points in time of Java's own as text. The host's own beans go back as they came.
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

/** A value for the host. */
export function toHost(value: Value, meter: Meter): HostValue {
  return release(value, { meter, depth: 0 });
}

function release(value: Value, at: { meter: Meter; depth: number }): HostValue {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Real) return value.value;
  if (value instanceof Decimal || value instanceof JavaObject)
    return toText(value, at.meter);
  if (at.depth >= DEEPEST)
    fail(`lists and maps stand in one another more than ${DEEPEST} deep`);
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
