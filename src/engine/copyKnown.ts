import type { Issue } from "../errors";

/** What is expected of an object. */
export interface Expected {
  /** What it is, for messages: `request`, `connection`. */
  readonly what: string;
  readonly fields: readonly string[];
  /** Where it stands, for example `tags[0]`; absent: it is the whole. */
  readonly path?: string;
  /** Where broken rules are noted. */
  readonly issues: Issue[];
}

/**
 * Copies the known fields of an object, whatever it is: getters and proxies that throw become issues, unknown fields
 * too. Explicit `undefined` is absent.
 */
export function copyKnown(
  input: object,
  expected: Expected,
): Record<string, unknown> {
  const { fields, issues, what } = expected;
  const at = (field: string): string =>
    expected.path === undefined ? field : `${expected.path}.${field}`;
  const copy: Record<string, unknown> = {};
  for (const field of fields) {
    try {
      const value = (input as Record<string, unknown>)[field];
      if (value !== undefined) copy[field] = value;
    } catch {
      issues.push({
        path: at(field),
        rule: "readable",
        message: `${at(field)} could not be read: its getter threw`,
      });
    }
  }
  for (const field of ownKeys(input)) {
    if (fields.includes(field)) continue;
    const close = fields.find((known) => isClose(known, field));
    issues.push({
      path: at(field),
      rule: "unknown",
      message: `${at(shown(field))} is not a field of this ${what}${close ? `; ${close} may be meant` : `, which has ${fields.join(", ") || "none"}`}`,
    });
  }
  return copy;
}

/** A key may be any text; in a message it stays on one line. */
function shown(field: string): string {
  return /^[\w$.-]+$/.test(field) ? field : JSON.stringify(field);
}

function ownKeys(input: object): string[] {
  try {
    return Object.keys(input);
  } catch {
    return [];
  }
}

/** The same word but for case, separators, or one letter more, less or other. */
function isClose(known: string, given: string): boolean {
  const plain = (text: string): string =>
    text.toLowerCase().replace(/[-_\s]/g, "");
  const [a, b] = [plain(known), plain(given)];
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1 || a.length < 4) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  const shorter = Math.min(a.length, b.length);
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end <= 2;
}
