import { fail } from "../errors/Fault";
import { Base64Decoder, Base64Encoder } from "../objects/base64";
import { method, type Method } from "../members/Method";
import { mapChunks } from "../metering/mapChunks";
import type { Meter } from "../metering/Meter";
import { elementsOf } from "../values/elements";
import { isEqual } from "../values/compare";
import { toDecimal } from "../values/arithmetic";
import { Decimal, readDecimal } from "../values/Decimal";
import { isInteger, isNumeric } from "../values/numbers";
import { sortValues } from "./sortValues";
import type { Value } from "../values/Value";
import { charsetOf } from "../text/charsets";
import { RandomNumbers } from "../objects/RandomNumbers";
import type { JavaClass } from "../members/JavaClass";

/** `T(java.math.BigDecimal)`. */
export const decimalClass: JavaClass = {
  name: "java.math.BigDecimal",
  isInstance: (value) => value instanceof Decimal,
  construct: method(["any"], (_, [value]) => readAsDecimal(value)),
  constants: {
    ZERO: new Decimal(0n, 0),
    ONE: new Decimal(1n, 0),
    TEN: new Decimal(10n, 0),
  },
  statics: new Map<string, Method<null>>([
    [
      "valueOf",
      method(["number", "int?"], (_, [value, scale]) =>
        scale === undefined || !isInteger(value)
          ? toDecimal(value)
          : new Decimal(BigInt(value), inRange(scale)),
      ),
    ],
  ]),
};

function readAsDecimal(value: Value): Decimal {
  if (isNumeric(value)) return toDecimal(value);
  const read = typeof value === "string" ? readDecimal(value) : undefined;
  return read ?? fail("the value is not a valid decimal number");
}

function inRange(scale: number): number {
  return Math.abs(scale) <= 1000
    ? scale
    : fail("the scale must be from -1000 to 1000");
}

/** `T(System)`, with the methods that return the time. */
export const systemClass: JavaClass = {
  name: "java.lang.System",
  statics: new Map<string, Method<null>>([
    ["currentTimeMillis", method([], () => Date.now())],
    ["nanoTime", method([], () => Math.round(performance.now() * 1e6))],
  ]),
};

/** `T(java.util.UUID)`. */
export const uuidClass: JavaClass = {
  name: "java.util.UUID",
  statics: new Map<string, Method<null>>([
    ["randomUUID", method([], () => crypto.randomUUID())],
  ]),
};

/** `T(java.util.Base64)`. */
export const base64Class: JavaClass = {
  name: "java.util.Base64",
  statics: new Map<string, Method<null>>([
    ["getEncoder", method([], () => new Base64Encoder("base64"))],
    ["getUrlEncoder", method([], () => new Base64Encoder("base64url"))],
    ["getMimeEncoder", method([], () => new Base64Encoder("mime"))],
    ["getDecoder", method([], () => new Base64Decoder("base64"))],
    ["getUrlDecoder", method([], () => new Base64Decoder("base64url"))],
    ["getMimeDecoder", method([], () => new Base64Decoder("mime"))],
  ]),
};

/** Steps per character of URL encoding and decoding. */
const ENCODING = 16;
const DECODING = 24;

function encodeForm(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
    .replaceAll("%20", "+")
    .replace(
      /[!'()~]/g,
      (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

/** `T(java.net.URLEncoder)`, which encodes as `application/x-www-form-urlencoded`. */
export const urlEncoderClass: JavaClass = {
  name: "java.net.URLEncoder",
  statics: new Map<string, Method<null>>([
    [
      "encode",
      method(["text", "text?"], (_, [text, charset = "UTF-8"], meter) => {
        if (charsetOf(charset) !== "utf8") fail("the charset must be UTF-8");
        return mapChunks(text, { perCharacter: ENCODING, meter }, encodeForm);
      }),
    ],
  ]),
};

/** `T(java.net.URLDecoder)`. */
export const urlDecoderClass: JavaClass = {
  name: "java.net.URLDecoder",
  statics: new Map<string, Method<null>>([
    [
      "decode",
      method(["text", "text?"], (_, [text, charset = "UTF-8"], meter) => {
        meter.charge(DECODING * text.length);
        meter.takeText(text.length);
        if (charsetOf(charset) !== "utf8") fail("the charset must be UTF-8");
        try {
          return decodeURIComponent(text.replaceAll("+", " "));
        } catch {
          return fail("the string is not valid URL encoding");
        }
      }),
    ],
  ]),
};

/** `T(java.util.Collections)`. */
export const collectionsClass: JavaClass = {
  name: "java.util.Collections",
  statics: new Map<string, Method<null>>([
    ["emptyList", method([], () => [])],
    ["emptySet", method([], () => [])],
    ["emptyMap", method([], () => new Map())],
    ["singletonList", method(["any"], (_, [value]) => [value])],
    ["singleton", method(["any"], (_, [value]) => [value])],
    ["unmodifiableList", method(["list"], (_, [list]) => list)],
    ["unmodifiableCollection", method(["list"], (_, [list]) => list)],
    ["unmodifiableSet", method(["list"], (_, [list]) => list)],
    ["unmodifiableMap", method(["map"], (_, [map]) => map)],
    [
      "max",
      method(["list"], (_, [list], meter) => {
        return sortValues(list, meter).at(-1) ?? fail("the list is empty");
      }),
    ],
    [
      "min",
      method(["list"], (_, [list], meter) => {
        return sortValues(list, meter).at(0) ?? fail("the list is empty");
      }),
    ],
    [
      "frequency",
      method(["list", "any"], (_, [list, value], meter) =>
        countOf(list, value, meter),
      ),
    ],
  ]),
};

/** `new java.util.Random()`. */
export const randomClass: JavaClass = {
  name: "java.util.Random",
  isInstance: (value) => value instanceof RandomNumbers,
  construct: method(["number?"], (_, [seed]) => new RandomNumbers(seed)),
};

function countOf(list: readonly unknown[], value: Value, meter: Meter): number {
  return elementsOf(list, meter).filter((item) => isEqual(item, value, meter))
    .length;
}
