import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { admit, ownValue } from "../values/admit";
import { isEqual } from "../values/compare";
import { elementsOf } from "../values/elements";
import { toJavaText } from "../values/toText";
import type { Value } from "../values/Value";
import { CONSTANT, method, type Method, type Methods } from "../members/Method";

type List = readonly unknown[];

/** The methods of Java's `List`. */
export const LIST_METHODS: Methods<List> = new Map<string, Method<List>>([
  ["size", method([], (list) => list.length, CONSTANT)],
  ["isEmpty", method([], (list) => list.length === 0, CONSTANT)],
  ["get", method(["int"], (list, [at]) => itemOf(list, at), CONSTANT)],
  ["getFirst", method([], (list) => itemOf(list, 0), CONSTANT)],
  ["getLast", method([], (list) => itemOf(list, list.length - 1), CONSTANT)],
  [
    "contains",
    method(["any"], (list, [value], meter) => indexIn(list, value, meter) >= 0),
  ],
  [
    "containsAll",
    method(["list"], (list, [values], meter) =>
      elementsOf(values, meter).every(
        (value) => indexIn(list, value, meter) >= 0,
      ),
    ),
  ],
  [
    "indexOf",
    method(["any"], (list, [value], meter) => indexIn(list, value, meter)),
  ],
  [
    "lastIndexOf",
    method(["any"], (list, [value], meter) => lastIndexIn(list, value, meter)),
  ],
  [
    "subList",
    method(["int", "int"], (list, [from, to], meter) => {
      if (from < 0 || to > list.length || from > to)
        fail(
          `the range ${from} to ${to} is out of bounds for a list of length ${list.length}`,
        );
      return elementsOf(list, meter).slice(from, to);
    }),
  ],
  [
    "reversed",
    method([], (list, _, meter) => elementsOf(list, meter).reverse()),
  ],
  [
    "equals",
    method(["any"], (list, [other], meter) => isEqual(list, other, meter)),
  ],
  ["toString", method([], (list, _, meter) => toJavaText(list, meter))],
]);

function itemOf(list: List, at: number): Value {
  return at >= 0 && at < list.length
    ? admit(ownValue(list, at))
    : fail(`the index ${at} is out of bounds for length ${list.length}`);
}

function indexIn(list: List, value: Value, meter: Meter): number {
  for (let at = 0; at < list.length; at++) {
    meter.step();
    if (isEqual(admit(ownValue(list, at)), value, meter)) return at;
  }
  return -1;
}

function lastIndexIn(list: List, value: Value, meter: Meter): number {
  for (let at = list.length - 1; at >= 0; at--) {
    meter.step();
    if (isEqual(admit(ownValue(list, at)), value, meter)) return at;
  }
  return -1;
}
