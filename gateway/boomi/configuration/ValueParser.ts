import type { Point } from "./PointConfiguration";

/** A parsed value, or the broken rule and what the value must be. Neither contains the given value. */
export type ParseResult<Value> =
  | { readonly value: Value }
  | { readonly rule: string; readonly expectation: string };

/** Parses the value of a key at a point: a string from a line, or any value from an object. */
export type ValueParser<Value> = (
  given: unknown,
  point: Point,
) => ParseResult<Value>;

/** The result for a value that breaks a rule. */
export function invalid(
  rule: string,
  expectation: string,
): { readonly rule: string; readonly expectation: string } {
  return { rule, expectation };
}

/** A string without surrounding whitespace; `undefined` for other values. */
export function toTrimmedString(given: unknown): string | undefined {
  return typeof given === "string" ? given.trim() : undefined;
}

/** A number, or a string of digits with or without a decimal point as a number; `NaN` for other values. */
export function toNumber(given: unknown): number {
  if (typeof given === "number") return given;
  const text = toTrimmedString(given) ?? "";
  return /^\d{1,20}(\.\d{1,20})?$/.test(text) ? Number(text) : NaN;
}

/** Creates a parser of strings that match a pattern. */
export function createPatternParser(
  pattern: RegExp,
  expectation: string,
): ValueParser<string> {
  return (given) => {
    const text = toTrimmedString(given);
    return text !== undefined && pattern.test(text)
      ? { value: text }
      : invalid("matches", expectation + describeWhitespace(text));
  };
}

/** Names whitespace inside a value as the cause: it is hard to see in a configuration. */
export const describeWhitespace = (text: string | undefined): string =>
  text !== undefined && /\s/.test(text)
    ? ", but this one contains whitespace"
    : "";

/** Parses one of several words, ignoring case. An object may also contain one of the values themselves. */
export function parseOneOf<Value>(
  given: unknown,
  values: Readonly<Record<string, Value>>,
): ParseResult<Value> {
  const word = toTrimmedString(given)?.toLowerCase();
  const found = Object.entries(values).find(
    ([name, value]) => name === word || value === given,
  );
  return found
    ? { value: found[1] }
    : invalid("oneOf", `must be ${Object.keys(values).join(" or ")}`);
}
