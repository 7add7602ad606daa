import { createCommonError } from "./createCommonError";
import type { Service } from "./Service";

/** Violations of a request's constraints, told together and in AWS's sentences. */
export class Violations {
  readonly #sentences: string[] = [];

  constructor(private readonly service: Service) {}

  /** Notes that a member breaks a constraint; `Member must …` is the constraint. */
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

  /** Notes what is wrong with the text of a member. Absent values are in order. */
  checkString(
    member: string,
    given: {
      readonly value: string | undefined;
      readonly min?: number;
      readonly max?: number;

      /** As the service writes it in its message, not anchored. */
      readonly pattern?: string;
    },
  ): void {
    const { value, min = 0, max = Infinity, pattern } = given;
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

  /** Notes a value that is not among those an enumeration has. */
  checkEnum(
    member: string,
    given: {
      readonly value: string | undefined;
      readonly known: readonly string[];
    },
  ): void {
    if (given.value !== undefined && !given.known.includes(given.value))
      this.add(member, {
        value: given.value,
        constraint: `satisfy enum value set: [${given.known.join(", ")}]`,
      });
  }

  /** Refuses the request if anything was noted. */
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

/** A pattern as the service applies it: to the complete value. */
function compilePattern(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  // Only \p needs the unicode mode, which would not accept AWS's loose character classes.
  const mode = pattern.includes("\\p{") ? "u" : "";
  const expression = new RegExp(`^(?:${pattern})$`, mode);
  compiled.set(pattern, expression);
  return expression;
}
