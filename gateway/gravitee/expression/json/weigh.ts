import { fail } from "../errors/Fault";
import { rangesOf } from "../metering/rangesOf";
import type { Meter } from "../metering/Meter";

/** Maximum nesting depth of lists and objects. */
const DEEPEST = 512;

/** Approximate size of a list or an object, of a member, and of an item, in bytes. */
const CONTAINER = 64;
const MEMBER = 48;
const ITEM = 16;

/** Steps of weighing and parsing a character. */
const PER_CHARACTER = 6;

/** Additional steps of parsing a member of a large object, whose members are stored in a hash table. */
const HASHED_MEMBER = 600;

/** Number of members of a large object. */
const MANY = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where the weighing of a document stands. */
interface Weighing {
  depth: number;
  isInString: boolean;
  isEscaped: boolean;

  /** Number of members of the open object at each depth. */
  readonly members: Uint32Array;
}

/**
 * Counts the time and memory that a JSON document needs when it is parsed, and limits its nesting depth. This is done in
 * advance because `JSON.parse` cannot be interrupted.
 */
export function weigh(text: string, meter: Meter): void {
  meter.takeText(text.length);
  // A short document can't be nested too deeply, and is at worst a list of lists.
  if (text.length <= DEEPEST) {
    meter.take(CONTAINER * text.length);
    return;
  }
  const weighing: Weighing = {
    depth: 0,
    isInString: false,
    isEscaped: false,
    members: new Uint32Array(DEEPEST + 1),
  };
  const cost = { perCharacter: PER_CHARACTER, meter };
  for (const { from, to } of rangesOf(text.length, cost)) {
    let [bytes, hashed] = [0, 0];
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (weighing.isInString) skipString(code, weighing);
      else {
        const added = weighCharacter(code, weighing);
        bytes += added;
        if (added === MEMBER && isLarge(weighing)) hashed++;
      }
    }
    meter.charge(HASHED_MEMBER * hashed);
    meter.take(bytes);
  }
}

function skipString(code: number, weighing: Weighing): void {
  if (weighing.isEscaped) weighing.isEscaped = false;
  else if (code === BACKSLASH) weighing.isEscaped = true;
  else if (code === QUOTE) weighing.isInString = false;
}

function weighCharacter(code: number, weighing: Weighing): number {
  switch (code) {
    case QUOTE:
      weighing.isInString = true;
      return 0;
    case 0x5b: // [
    case 0x7b: // {
      open(weighing);
      return CONTAINER;
    case 0x5d: // ]
    case 0x7d: // }
      if (weighing.depth > 0) weighing.depth--;
      return 0;
    case 0x3a: // :
      return MEMBER;
    default:
      return code === 0x2c /* , */ ? ITEM : 0;
  }
}

function open(weighing: Weighing): void {
  if (++weighing.depth > DEEPEST)
    fail(`the JSON is nested more than ${DEEPEST} levels deep`);
  weighing.members[weighing.depth] = 0;
}

/** Counts a member, and reports whether its object is large. */
function isLarge({ depth, members }: Weighing): boolean {
  const count = (members[depth] ?? 0) + 1;
  members[depth] = count;
  return count > MANY;
}
