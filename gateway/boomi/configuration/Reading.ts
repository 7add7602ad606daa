import type { Point } from "./PointConfiguration";

/** What came of reading a value: another value, or what the key takes instead; that says nothing of the value itself. */
export type Reading<Value> =
  { readonly value: Value } | { readonly rule: string; readonly says: string };

/** Reads the value of a key at a point: a text from a line, or whatever stands in an object. */
export type Reader<Value> = (given: unknown, point: Point) => Reading<Value>;

/** Which rule a value breaks, and what the key takes. */
export function not(
  rule: string,
  says: string,
): { readonly rule: string; readonly says: string } {
  return { rule, says };
}

/** A text without the blanks around it. Absent: it is none. */
export function textIn(given: unknown): string | undefined {
  return typeof given === "string" ? given.trim() : undefined;
}

/** A number, also of digits with a point or without; `NaN` where it is none. */
export function toNumber(given: unknown): number {
  if (typeof given === "number") return given;
  const text = textIn(given) ?? "";
  return /^\d{1,20}(\.\d{1,20})?$/.test(text) ? Number(text) : NaN;
}

/** A reader of texts that have a pattern. */
export function readMatching(pattern: RegExp, says: string): Reader<string> {
  return (given) => {
    const text = textIn(given);
    return text !== undefined && pattern.test(text)
      ? { value: text }
      : not("matches", says);
  };
}

/** Reads one of a few words, without regard to case; or one of the values themselves, where an object has them. */
export function readAnyOf<Value>(
  given: unknown,
  values: Readonly<Record<string, Value>>,
): Reading<Value> {
  const word = textIn(given)?.toLowerCase();
  const found = Object.entries(values).find(
    ([name, value]) => name === word || value === given,
  );
  return found
    ? { value: found[1] }
    : not("oneOf", `takes ${Object.keys(values).join(" or ")}`);
}
