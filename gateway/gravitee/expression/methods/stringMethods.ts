import { fail } from "../errors/Fault";
import { indexIn, lastIndexIn } from "../metering/search";
import { foldCase, toLowerCase, toUpperCase } from "../text/case";
import { replace } from "../text/replace";
import { replacePlain } from "../text/replacePlain";
import { split } from "../text/split";
import { trim } from "../text/trim";
import { repeat } from "../values/plus";
import { CONSTANT, method, type Method, type Methods } from "../members/Method";
import { isNumeric, toDouble } from "../values/numbers";
import type { Value } from "../values/Value";
import { encode } from "../text/charsets";
import { compareText } from "../text/compareText";
import { hashOf } from "../text/hashOf";

/** Steps of finding a line. */
const LINE = 128;

/** The methods of Java's `String`. */
export const STRING_METHODS: Methods<string> = new Map<string, Method<string>>([
  ["length", method([], (text) => text.length, CONSTANT)],
  ["isEmpty", method([], (text) => text === "", CONSTANT)],
  ["isBlank", method([], (text) => text.trim() === "")],
  [
    "charAt",
    method(["int"], (text, [at]) => text[checkIndex(text, at)] ?? "", CONSTANT),
  ],
  [
    "codePointAt",
    method(
      ["int"],
      (text, [at]) => text.codePointAt(checkIndex(text, at)) ?? 0,
      CONSTANT,
    ),
  ],
  [
    "substring",
    method(
      ["int", "int?"],
      (text, [from, to = text.length]) => cut(text, from, to),
      CONSTANT,
    ),
  ],
  [
    "subSequence",
    method(["int", "int"], (text, [from, to]) => cut(text, from, to), CONSTANT),
  ],
  [
    "indexOf",
    method(["any", "int?"], (text, [part, from = 0], meter) =>
      indexIn(text, { part: toCharacters(part), from }, meter),
    ),
  ],
  [
    "lastIndexOf",
    method(["any", "int?"], (text, [part, from = text.length], meter) =>
      lastIndexIn(text, { part: toCharacters(part), from }, meter),
    ),
  ],
  [
    "contains",
    method(
      ["text"],
      (text, [part], meter) => indexIn(text, { part, from: 0 }, meter) >= 0,
    ),
  ],
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
    method(
      ["any"],
      (text, [other], meter) =>
        typeof other === "string" &&
        foldCase(text, meter) === foldCase(other, meter),
    ),
  ],
  [
    "compareTo",
    method(["text"], (text, [other], meter) => compareText(text, other, meter)),
  ],
  [
    "compareToIgnoreCase",
    method(["text"], (text, [other], meter) =>
      compareText(foldCase(text, meter), foldCase(other, meter), meter),
    ),
  ],
  ["toUpperCase", method([], (text, _, meter) => toUpperCase(text, meter))],
  ["toLowerCase", method([], (text, _, meter) => toLowerCase(text, meter))],
  ["trim", method([], (text, _, meter) => trim(text, meter))],
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
      const lines: string[] = [];
      let from = 0;
      for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
        meter.charge(LINE);
        meter.take(16);
        lines.push(text.slice(from, index));
        from = index + end.length;
      }
      if (from < text.length) lines.push(text.slice(from));
      return lines;
    }),
  ],
  [
    "getBytes",
    method(["text?"], (text, [charset], meter) => {
      meter.take(3 * text.length);
      return encode(text, { charset, meter });
    }),
  ],
  ["hashCode", method([], (text, _, meter) => hashOf(text, meter))],
  ["toString", method([], (text) => text, CONSTANT)],
  ["intern", method([], (text) => text, CONSTANT)],
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
