import { fail } from "../Fault";
import { repeat } from "../values/plus";
import { isEqual } from "../values/compare";
import { toText } from "../values/toText";
import { method, type Method, type Methods } from "./Method";
import { isNumeric } from "../values/numbers";
import type { Value } from "../values/Value";
import { hashOf } from "../text/hashOf";

/** What Java's String can be asked. */
export const STRING_METHODS: Methods<string> = new Map<string, Method<string>>([
  ["length", method([], (text) => text.length)],
  ["isEmpty", method([], (text) => text === "")],
  ["isBlank", method([], (text) => text.trim() === "")],
  ["charAt", method(["int"], (text, [at]) => text[inside(text, at)] ?? "")],
  [
    "codePointAt",
    method(["int"], (text, [at]) => text.codePointAt(inside(text, at)) ?? 0),
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
  ["hashCode", method([], hashOf)],
  ["toString", method([], (text) => text)],
  ["intern", method([], (text) => text)],
]);

function inside(text: string, at: number): number {
  return at >= 0 && at < text.length
    ? at
    : fail(
        `the index ${at} is out of the text, which has ${text.length} characters`,
      );
}

function cut(text: string, from: number, to: number): string {
  if (from < 0 || to > text.length || from > to)
    return fail(
      `there is no part from ${from} to ${to} of a text of ${text.length} characters`,
    );
  return text.slice(from, to);
}

/** What is searched: a text, or the number of a character. */
function toCharacters(part: Value): string {
  if (typeof part === "string") return part;
  if (!isNumeric(part)) return fail("a text is searched for a text");
  const code = Number(part.toString());
  return code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : fail("there is no such character");
}

function fold(value: Value): Value {
  return typeof value === "string" ? lower(value) : value;
}

function lower(text: string): string {
  return text.toUpperCase().toLowerCase();
}

/** As Java: the difference of the first characters that differ, else of the lengths. */
function compare(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
void repeat;
void isEqual;
void toText;
