import { isEqual } from "../values/compare";
import { method, type Method, type Methods } from "../members/Method";

/** The methods of Java's `Boolean`. */
export const BOOLEAN_METHODS: Methods<boolean> = new Map<
  string,
  Method<boolean>
>([
  ["booleanValue", method([], (value) => value)],
  ["toString", method([], (value) => String(value))],
  ["equals", method(["any"], (value, [other]) => value === other)],
  [
    "compareTo",
    method(["boolean"], (value, [other]) => Number(value) - Number(other)),
  ],
]);

/** The methods of a byte array. */
export const BYTES_METHODS: Methods<Uint8Array> = new Map<
  string,
  Method<Uint8Array>
>([
  ["size", method([], ({ length }) => length)],
  [
    "equals",
    method(["any"], (bytes, [other], meter) => isEqual(bytes, other, meter)),
  ],
]);
