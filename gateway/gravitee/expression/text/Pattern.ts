import type { MatcherInputBase, RE2JS } from "re2js";
import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { getRe2 } from "../libraries/peers";
import { JavaObject } from "../values/JavaObject";
import { nameOf } from "../values/kindOf";
import type { Value } from "../values/Value";
import { toMeteredString } from "../metering/MeteredString";
import { indexIn } from "../metering/search";
import { toRe2Syntax } from "./toRe2Syntax";
import { weighPattern } from "./weighPattern";

/** Maximum length of a regular expression, in characters. */
const LONGEST = 1000;

/** Maximum size of a compiled regular expression, in instructions of `re2js`. */
const LARGEST = 5000;

/** Maximum weight of a regular expression before it is compiled. The weight is an estimate, the size is exact. */
const HEAVIEST = 2 * LARGEST;

/** Steps of reading a character, and additional steps for each instruction. */
const PER_CHARACTER = 16;
const PER_INSTRUCTION = 1 / 16;

/** Steps of one match, in addition to the characters that are read. */
const MATCH = 512;

/** Steps of compiling a regular expression, for each unit of its weight. */
const COMPILING = 4_000;

/** Finds a special character of regular expressions. A pattern without one needs no library. */
const SPECIAL = /[\\^$.|?*+()[\]{}]/;

const isPlain = (source: string): boolean =>
  source !== "" && !SPECIAL.test(source);

type Compiled = RE2JS;

/** A match of a regular expression. */
export interface Found {
  readonly start: number;
  readonly end: number;

  /** The text that a group matched. Empty if it matched nothing. */
  readonly group: (of: number | string) => string;
}

/** A compiled regular expression. Matching takes time proportional to the length of the string. */
export class Pattern extends JavaObject {
  readonly className = "Pattern";
  readonly #source: string;
  readonly #compiled: Compiled | undefined;

  /** Steps of reading a character: at worst, the engine visits every instruction. */
  readonly #perCharacter: number;

  constructor(source: string) {
    super();
    this.#source = source;
    this.#compiled = isPlain(source) ? undefined : compilePattern(source);
    this.#perCharacter =
      PER_CHARACTER + PER_INSTRUCTION * (this.#compiled?.programSize() ?? 0);
  }

  toString(): string {
    return this.#source;
  }

  /** Number of capturing groups. */
  get groups(): number {
    return this.#compiled?.groupCount() ?? 0;
  }

  /** Whether the regular expression matches the whole string. */
  matches(text: string, meter: Meter): boolean {
    if (!this.#compiled) return text === this.#source;
    return this.#compiled.matcher(this.#toInput(text, meter)).matches();
  }

  /** Finds all matches in a string, in order. */
  *find(text: string, meter: Meter): Generator<Found> {
    if (!this.#compiled) {
      yield* this.#findPlain(text, meter);
      return;
    }
    const matcher = this.#compiled.matcher(this.#toInput(text, meter));
    while (matcher.find()) {
      meter.charge(MATCH);
      const group = (of: number | string): string => matcher.group(of) ?? "";
      yield { start: matcher.start(), end: matcher.end(), group };
    }
  }

  #toInput(text: string, meter: Meter): MatcherInputBase {
    return getRe2().MatcherInput.utf16(
      toMeteredString(text, meter, this.#perCharacter),
    );
  }

  *#findPlain(text: string, meter: Meter): Generator<Found> {
    const part = this.#source;
    const group = (of: number | string): string =>
      of === 0 ? part : fail("the regular expression has no such group");
    let start = indexIn(text, { part, from: 0 }, meter);
    while (start >= 0) {
      meter.step();
      const end = start + part.length;
      yield { start, end, group };
      start = indexIn(text, { part, from: end }, meter);
    }
  }
}

function compilePattern(source: string): Compiled {
  if (source.length > LONGEST)
    return fail(
      `a regular expression must have at most ${LONGEST} characters but has ${source.length}`,
    );
  if (weighPattern(source) > HEAVIEST) return tooLarge();
  const library = getRe2();
  const syntax = toRe2Syntax(source);
  let compiled: Compiled;
  try {
    compiled = library.RE2JS.compile(syntax);
  } catch (error) {
    return fail(
      `invalid regular expression; ${reasonOf(error)}. Lookaround, backreferences and possessive quantifiers are not supported`,
    );
  }
  return compiled.programSize() > LARGEST ? tooLarge() : compiled;
}

function tooLarge(): never {
  return fail("the regular expression is too large; use fewer repetitions");
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  return message.replace(/^error parsing regexp: /, "");
}

/** Recently compiled regular expressions, the most recently used last. */
const recent = new Map<string, Pattern>();
const MOST_RECENT = 100;

/**
 * Converts a value to a compiled regular expression.
 *
 * @param meter - Counts the compilation. Optional; a regular expression of the template is compiled when it is parsed.
 *
 * @throws Fault when it is not a string, or not a valid regular expression.
 */
export function toPattern(value: Value, meter?: Meter): Pattern {
  if (value instanceof Pattern) return value;
  if (typeof value !== "string")
    return fail(
      `a regular expression must be a string but is ${nameOf(value)}`,
    );
  let pattern = recent.get(value);
  if (!pattern) {
    if (value.length <= LONGEST)
      meter?.charge(COMPILING * Math.min(weighPattern(value), HEAVIEST));
    pattern = new Pattern(value);
  }
  recent.delete(value);
  recent.set(value, pattern);
  const [oldest] = recent.keys();
  if (recent.size > MOST_RECENT && oldest !== undefined) recent.delete(oldest);
  return pattern;
}
