import { types } from "node:util";
import type { Issue } from "../../errors";
import { closestName } from "../text/closestName";
import { describeType } from "../text/describeType";

/** What is expected of an object. */
export interface ExpectedFields {
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
export function copyKnownFields(
  input: object,
  expected: ExpectedFields,
): Record<string, unknown> {
  const { fields, issues } = expected;
  const at = (field: string): string => placeOf(field, expected);
  const own = ownKeys(input);
  const copy: Record<string, unknown> = {};
  // Of a plain object only what is there is asked for: most fields of a request are absent, and looking for them is dear.
  for (const field of isBare(input)
    ? fields.filter((each) => own.includes(each))
    : fields) {
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
  const unknown = own.filter((field) => !fields.includes(field));
  for (const issue of toUnknown(unknown, expected)) issues.push(issue);
  return copy;
}

/** The same of whatever may stand in an object's place; `null` is absent, as a whole and in each field. */
export function copyOptionalFields(
  input: unknown,
  expected: ExpectedFields,
): Record<string, unknown> {
  const { fields, issues, what } = expected;
  const given = input ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    const message = `the ${what} takes an object with ${fields.join(", ")}, not ${describeType(given)}`;
    issues.push({ path: "", rule: "object", message });
    return {};
  }
  const known = Object.entries(copyKnownFields(given, expected));
  return Object.fromEntries(known.filter(([, value]) => value !== null));
}

function placeOf(field: string, { path }: ExpectedFields): string {
  return path === undefined ? field : `${path}.${field}`;
}

/** Unknown fields, each with the one that may be meant. What fields there are is said once. */
function toUnknown(
  unknown: readonly string[],
  expected: ExpectedFields,
): Issue[] {
  const { fields, what } = expected;
  const known = fields.join(", ") || "none";
  let told = false;
  return unknown.map((field) => {
    const close = closestName(field, fields);
    const there = told ? "" : `, which has ${known}`;
    told ||= close === undefined;
    return {
      path: placeOf(field, expected),
      rule: "unknown",
      message: `${placeOf(shown(field), expected)} is not a field of this ${what}${close ? `; ${close} may be meant` : there}`,
    };
  });
}

/**
 * A field that is not among the known ones and looks like one of them which is absent: where other fields are nobody's
 * business, it is a slip all the same.
 */
export function findTypo(
  input: object,
  fields: readonly string[],
): { readonly given: string; readonly meant: string } | undefined {
  const given = input as Readonly<Record<string, unknown>>;
  const absent = fields.filter((field) => given[field] === undefined);
  for (const field of ownKeys(input)) {
    if (fields.includes(field)) continue;
    const meant = closestName(field, absent);
    if (meant !== undefined) return { given: shown(field), meant };
  }
  return undefined;
}

const LONGEST_KEY = 100;

/** A key may be any text; in a message it stays on one line. */
function shown(field: string): string {
  const start =
    field.length > LONGEST_KEY ? `${field.slice(0, LONGEST_KEY)}…` : field;
  return /^[\w$.\u2026-]+$/.test(start) ? start : JSON.stringify(start);
}

/** Whether an object has nothing but what is its own. */
function isBare(input: object): boolean {
  if (types.isProxy(input)) return false;
  const prototype: unknown = Object.getPrototypeOf(input);
  return prototype === Object.prototype || prototype === null;
}

function ownKeys(input: object): string[] {
  try {
    return Object.keys(input);
  } catch {
    return [];
  }
}
