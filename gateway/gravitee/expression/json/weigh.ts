import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";

/** Maximum nesting depth of lists and objects. */
const DEEPEST = 512;

/** Approximate size of a list or an object, of a member, and of an item, in bytes. */
const CONTAINER = 64;
const MEMBER = 48;
const ITEM = 16;

/** Steps of parsing a character, of weighing one outside of strings, and of finding the end of a string. */
const PARSING = 2;
const WEIGHING = 4;
const FINDING = 16;

/** Steps of parsing a string, and additional steps per character of one with escapes. */
const STRING = 200;
const UNESCAPING = 8;

/** Number of characters that are weighed between two calls of the meter. */
const RANGE = 4_096;

/** Additional steps of parsing a member of a large object, whose members are stored in a hash table. */
const HASHED_MEMBER = 600;

/** Number of members of a large object. */
const MANY = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Counts the time and memory that a JSON document needs when it is parsed, and limits its nesting depth. This is done in
 * advance because `JSON.parse` cannot be interrupted.
 */
export function weigh(text: string, meter: Meter): void {
  meter.takeText(text.length);
  meter.charge(PARSING * text.length);
  // A short document can't be nested too deeply, and is at worst a list of lists.
  if (text.length <= DEEPEST) meter.take(CONTAINER * text.length);
  else weighStructure(text, meter);
}

function weighStructure(text: string, meter: Meter): void {
  const nesting: Nesting = { depth: 0, members: [] };
  let [bytes, steps] = [0, 0];
  const count = (): void => {
    meter.charge(steps);
    meter.take(bytes);
    [bytes, steps] = [0, 0];
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    steps += WEIGHING;
    if (code === QUOTE) {
      at = endOfString(text, at, meter);
    } else {
      const weight = weightOf(code, nesting);
      bytes += weight;
      if (weight === MEMBER && isLarge(nesting)) steps += HASHED_MEMBER;
    }
    if (steps >= WEIGHING * RANGE) count();
  }
  count();
}

/** The offset of the quote that ends a string. */
function endOfString(text: string, start: number, meter: Meter): number {
  let end = start;
  do {
    meter.charge(FINDING);
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
  } while (isEscaped(text, end, meter));
  const hasEscapes = text.slice(start, end).includes("\\");
  meter.charge(STRING + (hasEscapes ? UNESCAPING * (end - start) : 0));
  return end;
}

/** Whether an odd number of backslashes precedes an offset. */
function isEscaped(text: string, at: number, meter: Meter): boolean {
  let count = 0;
  while (text.charCodeAt(at - 1 - count) === BACKSLASH)
    if (++count % RANGE === 0) meter.charge(UNESCAPING * RANGE);
  return count % 2 === 1;
}

/** The open lists and objects. */
interface Nesting {
  depth: number;

  /** Number of members of the open object at each depth. */
  readonly members: number[];
}

function weightOf(code: number, nesting: Nesting): number {
  switch (code) {
    case 0x5b: // [
    case 0x7b: // {
      open(nesting);
      return CONTAINER;
    case 0x5d: // ]
    case 0x7d: // }
      if (nesting.depth > 0) nesting.depth--;
      return 0;
    case 0x3a: // :
      return MEMBER;
    default:
      return code === 0x2c /* , */ ? ITEM : 0;
  }
}

function open(nesting: Nesting): void {
  if (++nesting.depth > DEEPEST)
    fail(`the JSON is nested more than ${DEEPEST} levels deep`);
  nesting.members[nesting.depth] = 0;
}

/** Counts a member, and reports whether its object is large. */
function isLarge({ depth, members }: Nesting): boolean {
  const count = (members[depth] ?? 0) + 1;
  members[depth] = count;
  return count > MANY;
}
