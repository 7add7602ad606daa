import { findClosestName } from "./findClosestName";

/** Reads an option by its path and collects every problem. */
export class OptionReader {
  readonly path: string;
  readonly value: unknown;

  /** Problems so far, shared by all readers of the same root. */
  readonly problems: string[];

  constructor(option: {
    readonly path: string;
    readonly value: unknown;
    readonly problems: string[];
  }) {
    this.path = option.path;
    this.value = option.value;
    this.problems = option.problems;
  }

  get isMissing(): boolean {
    return this.value === undefined;
  }

  /** Reports a problem. The sentence starts after the path. */
  report(sentence: string): void {
    this.problems.push(`${this.path} ${sentence}`);
  }

  /** Returns the reader of a property. */
  at(key: string): OptionReader {
    const below = this.isObject() ? this.value[key] : undefined;
    const path = /^[\w$]+$/.test(key) ? key : JSON.stringify(key);
    return new OptionReader({
      path: this.path === "" ? path : `${this.path}.${path}`,
      value: below,
      problems: this.problems,
    });
  }

  /** Returns the readers of all properties. Reports a value that is not an object. */
  properties(): [key: string, reader: OptionReader][] {
    if (this.isMissing) return [];
    if (!this.isObject()) {
      this.report("must be an object");
      return [];
    }
    return Object.keys(this.value).map((key) => [key, this.at(key)]);
  }

  /** Returns the readers of a list's items. Returns none if the value is not a list. */
  items(): OptionReader[] {
    const { value, path, problems } = this;
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.map(
      (item, index) =>
        new OptionReader({ path: `${path}[${index}]`, value: item, problems }),
    );
  }

  /** Reports unknown properties. */
  allowOnly(...known: readonly string[]): this {
    for (const [key, below] of this.properties()) {
      if (known.includes(key)) continue;
      const suggestion = findClosestName(key, known);
      below.report(
        `is not an option; ${suggestion ? `did you mean ${suggestion}?` : `the options are ${known.join(", ")}`}`,
      );
    }
    return this;
  }

  /** Reads a string, or returns the default if it is missing or not valid. */
  string<Default>(
    defaultValue: Default,
    rule?: { readonly pattern: RegExp; readonly requirement: string },
  ): string | Default {
    if (this.isMissing) return defaultValue;
    if (typeof this.value !== "string") {
      this.report("must be a string");
      return defaultValue;
    }
    if (rule && !rule.pattern.test(this.value)) {
      this.report(
        `must be ${rule.requirement}, not ${JSON.stringify(this.value)}`,
      );
      return defaultValue;
    }
    return this.value;
  }

  /** Reads a number, or returns the default if it is missing or not valid. */
  number<Default>(
    defaultValue: Default,
    rule: {
      readonly min: number;
      readonly max: number;
      readonly isWhole?: boolean;
    },
  ): number | Default {
    const { value } = this;
    if (value === undefined) return defaultValue;
    const { min, max, isWhole = false } = rule;
    if (
      typeof value === "number" &&
      value >= min &&
      value <= max &&
      (!isWhole || Number.isInteger(value))
    )
      return value;
    const kind = isWhole ? "an integer" : "a number";
    const range =
      max === Number.MAX_SAFE_INTEGER
        ? `of at least ${min}`
        : `from ${min} to ${max}`;
    this.report(
      `must be ${kind} ${range}${typeof value === "number" ? `, not ${value}` : ""}`,
    );
    return defaultValue;
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
