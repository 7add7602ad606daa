import type { MatcherInputBase, RE2JS } from "re2js";
import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { loadRe2 } from "../libraries/peers";
import { JavaObject } from "../values/JavaObject";
import { nameOf } from "../values/kindOf";
import type { Value } from "../values/Value";
import { toMeteredString } from "../metering/MeteredString";
import { toRe2Syntax } from "./toRe2Syntax";

/** The longest pattern, in characters. */
const LONGEST = 1000;

/** The largest pattern, in the steps that the library makes of it. */
const LARGEST = 5000;

/** A pattern that stands for itself needs no library. */
const PLAIN = /^[^\\^$.|?*+()[\]{}]+$/;

type Compiled = RE2JS;

/** Where a pattern was found in a text. */
export interface Found {
  readonly start: number;
  readonly end: number;

  /** What a group holds; empty where it holds nothing. */
  readonly group: (of: number | string) => string;
}

/** A regular expression that has been compiled. Finding takes time in proportion to the text. */
export class Pattern extends JavaObject {
  readonly className = "Pattern";
  readonly #source: string;
  readonly #compiled: Compiled | undefined;

  constructor(source: string) {
    super();
    this.#source = source;
    this.#compiled = PLAIN.test(source) ? undefined : compilePattern(source);
  }

  toString(): string {
    return this.#source;
  }

  /** How many groups it has. */
  get groups(): number {
    return this.#compiled?.groupCount() ?? 0;
  }

  /** Whether all of a text is as the pattern says. */
  matches(text: string, meter: Meter): boolean {
    if (!this.#compiled) return text === this.#source;
    return this.#compiled.matcher(toInput(text, meter)).matches();
  }

  /** Each place of a text where it is found, one after another. */
  *find(text: string, meter: Meter): Generator<Found> {
    if (!this.#compiled) {
      yield* this.#findPlain(text, meter);
      return;
    }
    const matcher = this.#compiled.matcher(toInput(text, meter));
    while (matcher.find()) {
      meter.step();
      const group = (of: number | string): string => matcher.group(of) ?? "";
      yield { start: matcher.start(), end: matcher.end(), group };
    }
  }

  *#findPlain(text: string, meter: Meter): Generator<Found> {
    const source = this.#source;
    const group = (of: number | string): string =>
      of === 0 ? source : fail("the pattern has no such group");
    for (
      let start = text.indexOf(source);
      start >= 0;
      start = text.indexOf(source, start + source.length)
    ) {
      meter.step();
      yield { start, end: start + source.length, group };
    }
  }
}

function toInput(text: string, meter: Meter): MatcherInputBase {
  return loadRe2().MatcherInput.utf16(toMeteredString(text, meter));
}

function compilePattern(source: string): Compiled {
  if (source.length > LONGEST)
    return fail(
      `a regular expression has ${LONGEST} characters at most, and this has ${source.length}`,
    );
  const library = loadRe2();
  const syntax = toRe2Syntax(source);
  let compiled: Compiled;
  try {
    compiled = library.RE2JS.compile(syntax);
  } catch (error) {
    return fail(
      `the regular expression cannot be read: ${reasonOf(error)}; look-around, back references and possessive repetitions are not there`,
    );
  }
  return compiled.programSize() > LARGEST
    ? fail("the regular expression repeats too much")
    : compiled;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  return message.replace(/^error parsing regexp: /, "");
}

/** Patterns that were made of values, the last used at the end. */
const recent = new Map<string, Pattern>();
const MOST_RECENT = 100;

/** The pattern that a value is. */
export function toPattern(value: Value): Pattern {
  if (value instanceof Pattern) return value;
  if (typeof value !== "string")
    return fail(
      `${nameOf(value)} was given where a regular expression is needed`,
    );
  const pattern = recent.get(value) ?? new Pattern(value);
  recent.delete(value);
  recent.set(value, pattern);
  const [oldest] = recent.keys();
  if (recent.size > MOST_RECENT && oldest !== undefined) recent.delete(oldest);
  return pattern;
}
