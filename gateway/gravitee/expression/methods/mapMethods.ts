import type { Meter } from "../metering/Meter";
import { admit } from "../values/admit";
import { isEqual } from "../values/compare";
import { hasKey, keysOf, readKey } from "../values/dictionaries";
import type { Entry } from "../values/entries";
import { entriesOf } from "../values/entries";
import type { MultiMap } from "../values/MultiMap";
import { joined, toJavaText } from "../values/toText";
import type { Dictionary, Value } from "../values/Value";
import { CONSTANT, method, type Method, type Methods } from "../members/Method";

/** The methods of Java's `Map`. */
export const MAP_METHODS: Methods<Dictionary> = new Map<
  string,
  Method<Dictionary>
>([
  ["get", method(["any"], readKeyOf, CONSTANT)],
  [
    "getOrDefault",
    method(
      ["any", "any"],
      (map, [key, other]) => (hasKey(map, key) ? readKey(map, key) : other),
      CONSTANT,
    ),
  ],
  ["containsKey", method(["any"], (map, [key]) => hasKey(map, key), CONSTANT)],
  [
    "containsValue",
    method(["any"], (map, [value], meter) =>
      keysOf(map, meter).some((key) => {
        meter.step();
        return isEqual(readKey(map, key), value, meter);
      }),
    ),
  ],
  ["keySet", method([], (map, _, meter) => keysOf(map, meter))],
  ["values", method([], (map, _, meter) => valuesOf(map, meter))],
  ["entrySet", method([], (map, _, meter) => entriesOf(map, meter))],
  ["size", method([], (map, _, meter) => keysOf(map, meter).length)],
  ["isEmpty", method([], (map, _, meter) => keysOf(map, meter).length === 0)],
  [
    "equals",
    method(["any"], (map, [other], meter) => isEqual(map, other, meter)),
  ],
  ["toString", method([], (map, _, meter) => toJavaText(map, meter))],
]);

/** The methods of headers and parameters: those of a map, and a few more. */
export const MULTI_MAP_METHODS: Methods<MultiMap> = new Map<
  string,
  Method<MultiMap>
>([
  ...(MAP_METHODS as Methods<MultiMap>),
  ["getFirst", method(["text"], (map, [name]) => map.get(name)?.[0] ?? null)],
  ["getAll", method(["text"], (map, [name]) => map.get(name) ?? [])],
  ["contains", method(["text"], (map, [name]) => map.has(name))],
  ["names", method([], (map) => map.keys())],
  ["size", method([], (map) => map.keys().length)],
  [
    "toSingleValueMap",
    method([], (map, _, meter) => {
      const names = map.keys();
      meter.take(32 * names.length);
      return new Map(names.map((name) => [name, map.get(name)?.[0] ?? null]));
    }),
  ],
]);

/** The methods of Java's `Map.Entry`. */
export const ENTRY_METHODS: Methods<Entry> = new Map<string, Method<Entry>>([
  ["getKey", method([], ({ key }) => key)],
  ["getValue", method([], ({ value }) => value)],
  [
    "toString",
    method([], ({ key, value }, _, meter) =>
      joined([toJavaText(key, meter), toJavaText(value, meter)], {
        meter,
        separator: "=",
      }),
    ),
  ],
]);

function readKeyOf(map: Dictionary, [key]: readonly [Value]): Value {
  return readKey(map, key);
}

function valuesOf(map: Dictionary, meter: Meter): Value[] {
  return keysOf(map, meter).map((key) => admit(readKey(map, key)));
}
