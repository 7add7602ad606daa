import { refuse } from "./refuse";
import type { Meter } from "../metering/Meter";

/** Steps of replacing a reference such as `&amp;`, or a carriage return. */
const REPLACEMENT = 256;

const REFERENCE =
  /&(?:(amp|lt|gt|quot|apos)|#(\d{1,10})|#x([\da-fA-F]{1,8}));/y;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Replaces the references in text or in the value of an attribute. */
export function replaceReferences(text: string, meter: Meter): string {
  let at = text.indexOf("&");
  if (at < 0) return text;
  meter.takeText(text.length);
  const parts: string[] = [];
  let from = 0;
  for (; at >= 0; at = text.indexOf("&", from)) {
    meter.charge(REPLACEMENT);
    REFERENCE.lastIndex = at;
    const match = REFERENCE.exec(text) ?? refuse();
    parts.push(text.slice(from, at), toCharacter(match));
    from = REFERENCE.lastIndex;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

function toCharacter([, name, decimal, hex]: RegExpExecArray): string {
  if (name !== undefined) return ENTITIES[name] ?? "";
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const isValid =
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff) ||
    [0x9, 0xa, 0xd].includes(code);
  return isValid ? String.fromCodePoint(code) : refuse();
}

/** Replaces each line ending by a line feed. */
export function normalizeLines(text: string, meter: Meter): string {
  let at = text.indexOf("\r");
  if (at < 0) return text;
  meter.takeText(text.length);
  const parts: string[] = [];
  let from = 0;
  for (; at >= 0; at = text.indexOf("\r", from)) {
    meter.charge(REPLACEMENT);
    parts.push(text.slice(from, at), "\n");
    from = text[at + 1] === "\n" ? at + 2 : at + 1;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
