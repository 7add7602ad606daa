import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "./admit";
import { MapLike } from "./MapLike";
import { textOfNumber, isNumeric } from "./numbers";
import type { Dictionary, Value } from "./Value";

/** Reads the value of a key. Returns null if the key does not exist, like Java's `Map.get`. */
export function readKey(map: Dictionary, key: Value): Value {
  if (map instanceof MapLike) return admit(map.get(keyText(key)));
  if (!isMap(map)) return admit(ownValue(map, keyText(key)));
  if (MAP_HAS.call(map, key)) return admit(MAP_GET.call(map, key));
  return isNumeric(key) ? admit(MAP_GET.call(map, keyText(key))) : null;
}

/** Whether a map contains a key. */
export function hasKey(map: Dictionary, key: Value): boolean {
  if (map instanceof MapLike) return map.has(keyText(key));
  if (isMap(map)) return MAP_HAS.call(map, key);
  const own = Object.getOwnPropertyDescriptor(map, keyText(key));
  return own?.enumerable === true && "value" in own;
}

/** The keys of a map, in order. */
export function keysOf(map: Dictionary, meter: Meter): Value[] {
  const keys: Value[] = [];
  for (const key of rawKeysOf(map)) {
    meter.step();
    if (isMap(map) || map instanceof MapLike || hasKey(map, admit(key)))
      keys.push(admit(key));
  }
  meter.take(8 * keys.length);
  return keys;
}

function rawKeysOf(map: Dictionary): Iterable<unknown> {
  if (map instanceof MapLike) return map.keys();
  return isMap(map) ? MAP_KEYS.call(map) : Object.keys(map);
}

function keyText(key: Value): string {
  if (typeof key === "string") return key;
  if (isNumeric(key)) return textOfNumber(key);
  return key === null || typeof key === "boolean"
    ? String(key)
    : fail("a map key must be a string, a number, a boolean or null");
}

// The methods of Map itself, even if the object overrides them.
/* eslint-disable @typescript-eslint/unbound-method -- called on a Map, with `call` */
const MAP_GET = Map.prototype.get;
const MAP_HAS = Map.prototype.has;
const MAP_KEYS = Map.prototype.keys;
/* eslint-enable @typescript-eslint/unbound-method */

function isMap(map: Dictionary): map is Map<unknown, unknown> {
  return map instanceof Map;
}
