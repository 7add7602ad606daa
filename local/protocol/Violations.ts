import { createCommonError } from "./createCommonError";
import type { Service } from "./Service";

/** Collects constraint violations of a request and reports them together, in AWS's words. */
export class Violations {
  readonly #sentences: string[] = [];

  constructor(private readonly service: Service) {}

  /** Adds a violation. The constraint is a sentence that starts with `Member must`. */
  add(
    member: string,
    found: { value: string | null; constraint: string },
  ): void {
    const value =
      found.value === null ? "Value null" : `Value '${found.value}'`;
    this.#sentences.push(
      `${value} at '${member}' failed to satisfy constraint: Member must ${found.constraint}`,
    );
  }

  /** Checks a string member. An undefined value is valid. */
  checkString(
    member: string,
    rule: {
      readonly value: string | undefined;
      readonly min?: number;
      readonly max?: number;

      /** Regular expression as the service's message contains it, without anchors. */
      readonly pattern?: string;
    },
  ): void {
    const { value, min = 0, max = Infinity, pattern } = rule;
    if (value === undefined) return;
    if (value.length < min)
      this.add(member, {
        value,
        constraint: `have length greater than or equal to ${min}`,
      });
    if (value.length > max)
      this.add(member, {
        value,
        constraint: `have length less than or equal to ${max}`,
      });
    if (pattern !== undefined && !compilePattern(pattern).test(value))
      this.add(member, {
        value,
        constraint: `satisfy regular expression pattern: ${pattern}`,
      });
  }

  /** Checks a member with an enumeration. */
  checkEnum(
    member: string,
    rule: {
      readonly value: string | undefined;
      readonly known: readonly string[];
    },
  ): void {
    if (rule.value !== undefined && !rule.known.includes(rule.value))
      this.add(member, {
        value: rule.value,
        constraint: `satisfy enum value set: [${rule.known.join(", ")}]`,
      });
  }

  /** Throws a validation error if there are violations. */
  throwIfAny(): void {
    const { length } = this.#sentences;
    if (length === 0) return;
    throw createCommonError(this.service, {
      kind: "invalid-request",
      message: `${length} validation ${length === 1 ? "error" : "errors"} detected: ${this.#sentences.join("; ")}`,
    });
  }
}

const compiled = new Map<string, RegExp>();

/** Compiles a pattern so that it must match the complete value. */
function compilePattern(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  // Only \p needs Unicode mode, which rejects some of AWS's character classes.
  const mode = pattern.includes("\\p{") ? "u" : "";
  const expression = new RegExp(`^(?:${pattern})$`, mode);
  compiled.set(pattern, expression);
  return expression;
}
