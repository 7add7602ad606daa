import { fail } from "../Fault";
import type { Meter } from "../Meter";
import { JavaObject } from "../values/JavaObject";
import { nameOf } from "../values/kindOf";
import type { Value } from "../values/Value";

/** A regular expression that has been compiled. */
export class Pattern extends JavaObject {
  readonly className = "Pattern";

  constructor(readonly source: string) {
    super();
  }

  toString(): string {
    return this.source;
  }

  matches(text: string, meter: Meter): boolean {
    meter.check();
    return text === this.source;
  }
}

/** The pattern that a value is. */
export function toPattern(value: Value): Pattern {
  if (value instanceof Pattern) return value;
  return typeof value === "string"
    ? new Pattern(value)
    : fail(`${nameOf(value)} was given where a regular expression is needed`);
}
