import { findClosestName } from "./findClosestName";

/** A value somebody gave, with its path, read so that every mistake is collected. */
export class OptionReader {
  readonly path: string;
  readonly value: unknown;

  /** Mistakes found so far, shared by everything that was read from one root. */
  readonly problems: string[];

  constructor(given: {
    readonly path: string;
    readonly value: unknown;
    readonly problems: string[];
  }) {
    this.path = given.path;
    this.value = given.value;
    this.problems = given.problems;
  }

  get isMissing(): boolean {
    return this.value === undefined;
  }

  /** Notes a mistake; the sentence goes on after the path. */
  report(sentence: string): void {
    this.problems.push(`${this.path} ${sentence}`);
  }

  /** The value below a key. */
  at(key: string): OptionReader {
    const below = this.isObject() ? this.value[key] : undefined;
    const path = /^[\w$]+$/.test(key) ? key : JSON.stringify(key);
    return new OptionReader({
      path: this.path === "" ? path : `${this.path}.${path}`,
      value: below,
      problems: this.problems,
    });
  }

  /** The values below every key. Complains unless the value is absent or an object. */
  properties(): [key: string, given: OptionReader][] {
    if (this.isMissing) return [];
    if (!this.isObject()) {
      this.report("must be an object");
      return [];
    }
    return Object.keys(this.value).map((key) => [key, this.at(key)]);
  }

  /** The members of a list; none where the value is none. */
  items(): OptionReader[] {
    const { value, path, problems } = this;
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.map(
      (item, index) =>
        new OptionReader({ path: `${path}[${index}]`, value: item, problems }),
    );
  }

  /** Complains of keys that are not among the known ones. */
  allowOnly(...known: readonly string[]): this {
    for (const [key, below] of this.properties()) {
      if (known.includes(key)) continue;
      const meant = findClosestName(key, known);
      below.report(
        `is unknown${meant ? `; did you mean ${meant}?` : `; known are ${known.join(", ")}`}`,
      );
    }
    return this;
  }

  /** A text, or what stands for its absence. */
  string<Absent>(
    absent: Absent,
    rule?: { readonly pattern: RegExp; readonly meaning: string },
  ): string | Absent {
    if (this.isMissing) return absent;
    if (typeof this.value !== "string") {
      this.report("must be a text");
      return absent;
    }
    if (rule && !rule.pattern.test(this.value)) {
      this.report(`is ${JSON.stringify(this.value)}; ${rule.meaning}`);
      return absent;
    }
    return this.value;
  }

  /** A number within bounds, or what stands for its absence. */
  number<Absent>(
    absent: Absent,
    rule: {
      readonly min: number;
      readonly max: number;
      readonly isWhole?: boolean;
    },
  ): number | Absent {
    const { value } = this;
    if (value === undefined) return absent;
    const { min, max, isWhole = false } = rule;
    if (
      typeof value === "number" &&
      value >= min &&
      value <= max &&
      (!isWhole || Number.isInteger(value))
    )
      return value;
    const kind = isWhole ? "a whole number" : "a number";
    this.report(
      `must be ${kind} from ${min} to ${max}${typeof value === "number" ? `, not ${value}` : ""}`,
    );
    return absent;
  }

  isObject(): this is OptionReader & {
    value: Readonly<Record<string, unknown>>;
  } {
    return (
      typeof this.value === "object" &&
      this.value !== null &&
      !Array.isArray(this.value)
    );
  }
}
