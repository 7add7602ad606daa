import type { Meter } from "../metering/Meter";
import { fail } from "../errors/Fault";
import { replace } from "../text/replace";
import { split } from "../text/split";
import { repeat } from "../values/plus";
import { method, type Method, type Methods } from "../members/Method";
import { isNumeric, toDouble } from "../values/numbers";
import type { Value } from "../values/Value";
import { encode } from "../text/charsets";
import { hashOf } from "../text/hashOf";

/** The methods of Java's `String`. */
export const STRING_METHODS: Methods<string> = new Map<string, Method<string>>([
  ["length", method([], (text) => text.length)],
  ["isEmpty", method([], (text) => text === "")],
  ["isBlank", method([], (text) => text.trim() === "")],
  ["charAt", method(["int"], (text, [at]) => text[checkIndex(text, at)] ?? "")],
  [
    "codePointAt",
    method(
      ["int"],
      (text, [at]) => text.codePointAt(checkIndex(text, at)) ?? 0,
    ),
  ],
  [
    "substring",
    method(["int", "int?"], (text, [from, to = text.length]) =>
      cut(text, from, to),
    ),
  ],
  [
    "subSequence",
    method(["int", "int"], (text, [from, to]) => cut(text, from, to)),
  ],
  [
    "indexOf",
    method(["any", "int?"], (text, [part, from]) =>
      text.indexOf(toCharacters(part), from),
    ),
  ],
  [
    "lastIndexOf",
    method(["any", "int?"], (text, [part, from]) =>
      (from ?? 0) < 0 ? -1 : text.lastIndexOf(toCharacters(part), from),
    ),
  ],
  ["contains", method(["text"], (text, [part]) => text.includes(part))],
  [
    "startsWith",
    method(["text", "int?"], (text, [part, from = 0]) =>
      from < 0 ? false : text.startsWith(part, from),
    ),
  ],
  ["endsWith", method(["text"], (text, [part]) => text.endsWith(part))],
  ["equals", method(["any"], (text, [other]) => text === other)],
  ["contentEquals", method(["text"], (text, [other]) => text === other)],
  [
    "equalsIgnoreCase",
    method(["any"], (text, [other]) => fold(text) === fold(other)),
  ],
  ["compareTo", method(["text"], (text, [other]) => compare(text, other))],
  [
    "compareToIgnoreCase",
    method(["text"], (text, [other]) => compare(lower(text), lower(other))),
  ],
  ["toUpperCase", method([], (text) => text.toUpperCase())],
  ["toLowerCase", method([], (text) => text.toLowerCase())],
  [
    "trim",
    method([], (text) =>
      text.replace(/^[\0-\x20]+/, "").replace(/[\0-\x20]+$/, ""),
    ),
  ],
  ["strip", method([], (text) => text.trim())],
  ["stripLeading", method([], (text) => text.trimStart())],
  ["stripTrailing", method([], (text) => text.trimEnd())],
  [
    "concat",
    method(["text"], (text, [other], meter) => {
      meter.takeText(text.length + other.length);
      return text + other;
    }),
  ],
  [
    "repeat",
    method(["int"], (text, [times], meter) => repeat(text, times, meter)),
  ],
  [
    "replace",
    method(["text", "text"], (text, [part, by], meter) =>
      replacePlain(text, { part, by }, meter),
    ),
  ],
  [
    "replaceAll",
    method(["pattern", "text"], (text, [pattern, by], meter) =>
      replace(text, { pattern, by, times: Infinity }, meter),
    ),
  ],
  [
    "replaceFirst",
    method(["pattern", "text"], (text, [pattern, by], meter) =>
      replace(text, { pattern, by, times: 1 }, meter),
    ),
  ],
  [
    "matches",
    method(["pattern"], (text, [pattern], meter) =>
      pattern.matches(text, meter),
    ),
  ],
  [
    "split",
    method(["pattern", "int?"], (text, [pattern, limit = 0], meter) =>
      split(text, { pattern, limit }, meter),
    ),
  ],
  [
    "lines",
    method([], (text, _, meter) => {
      const lines = text.split(/\r\n|\r|\n/);
      meter.take(16 * lines.length);
      if (lines.at(-1) === "") lines.pop();
      return lines;
    }),
  ],
  [
    "getBytes",
    method(["text?"], (text, [charset], meter) => {
      meter.take(3 * text.length);
      return encode(text, charset);
    }),
  ],
  ["hashCode", method([], hashOf)],
  ["toString", method([], (text) => text)],
  ["intern", method([], (text) => text)],
]);

function checkIndex(text: string, at: number): number {
  return at >= 0 && at < text.length
    ? at
    : fail(`the index ${at} is out of bounds for length ${text.length}`);
}

function cut(text: string, from: number, to: number): string {
  if (from < 0 || to > text.length || from > to)
    return fail(
      `the range ${from} to ${to} is out of bounds for a string of length ${text.length}`,
    );
  return text.slice(from, to);
}

/** Converts the argument of a search, which is a string or a character code, to a string. */
function toCharacters(part: Value): string {
  if (typeof part === "string") return part;
  if (!isNumeric(part))
    return fail("the argument must be a string or a character code");
  const code = toDouble(part);
  return code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : fail("the argument is not a valid character code");
}

function fold(value: Value): Value {
  return typeof value === "string" ? lower(value) : value;
}

function lower(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** Compares like Java: the difference of the first characters that differ, or else of the lengths. */
function compare(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function replacePlain(
  text: string,
  { part, by }: { part: string; by: string },
  meter: Meter,
): string {
  let count = part === "" ? text.length + 1 : 0;
  if (part !== "")
    for (
      let at = text.indexOf(part);
      at >= 0;
      at = text.indexOf(part, at + part.length)
    ) {
      meter.step();
      count++;
    }
  meter.takeText(text.length + count * (by.length - part.length));
  return text.replaceAll(part, () => by);
}
