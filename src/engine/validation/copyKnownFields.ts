import { types } from "node:util";
import type { Issue } from "../../errors";
import { findClosestName } from "../text/findClosestName";
import { describeType } from "../text/describeType";
import type { Places } from "./misplacedFields";
import { addPath } from "./toIssues";

/** The fields that an object may have. */
export interface ExpectedFields {
  /** What the object is, for messages: `request`, `connection`. */
  readonly what: string;
  readonly fields: readonly string[];
  /** Path of the object, for example `tags[0]`. Missing for the whole input. */
  readonly path?: string | undefined;
  /** Where fields belong that callers pass here by mistake. */
  readonly elsewhere?: (() => Places) | undefined;
  /** Messages for fields that must not be there with the value `undefined`, by field. Read only if a value is `undefined`. */
  readonly refusesUndefined?: (() => ReadonlyMap<string, string>) | undefined;
  /** Receives the issues. */
  readonly issues: Issue[];
}

/**
 * Copies the known fields of an object. Unknown fields, and getters and proxies that throw, become issues. `undefined`
 * means not set, except for own fields in `refusesUndefined`.
 */
export function copyKnownFields(
  input: object,
  expected: ExpectedFields,
): Record<string, unknown> {
  const { fields, issues } = expected;
  const ownFields = listOwnFields(input);
  const copy: Record<string, unknown> = {};
  // Most fields of a request are not set. On a plain object, only the present ones are read, which is faster.
  for (const field of hasOnlyOwnFields(input)
    ? fields.filter((each) => ownFields.includes(each))
    : fields) {
    try {
      const value = (input as Record<string, unknown>)[field];
      if (value !== undefined) copy[field] = value;
      else if (ownFields.includes(field)) refuseUndefined(field, expected);
    } catch {
      const path = toPath(field, expected);
      issues.push({
        path,
        rule: "readable",
        message: `${path} could not be read because its getter threw`,
      });
    }
  }
  const unknown = ownFields.filter((field) => !fields.includes(field));
  for (const issue of toUnknownIssues(unknown, expected)) issues.push(issue);
  return copy;
}

/** Adds an issue for a field with the value `undefined`, if that could be a mistake with bad consequences. */
function refuseUndefined(field: string, expected: ExpectedFields): void {
  const message = expected.refusesUndefined?.().get(field);
  if (message === undefined) return;
  const path = toPath(field, expected);
  expected.issues.push({
    path,
    rule: "undefined",
    message: addPath(message, { property: field, path }),
  });
}

/** Like {@link copyKnownFields}, for any value: `null` means not set, for the whole input and for each field. */
export function copyOptionalFields(
  input: unknown,
  expected: ExpectedFields,
): Record<string, unknown> {
  const { fields, issues, what } = expected;
  const given = input ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    const message = `the ${what} must be an object with ${fields.join(", ")}, not ${describeType(given)}`;
    issues.push({ path: "", rule: "object", message });
    return {};
  }
  const entries = Object.entries(copyKnownFields(given, expected));
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function toPath(field: string, { path }: ExpectedFields): string {
  return path === undefined ? field : `${path}.${field}`;
}

/** Creates one issue per unknown field, with the closest known name. The first one without lists the known fields. */
function toUnknownIssues(
  unknown: readonly string[],
  expected: ExpectedFields,
): Issue[] {
  if (unknown.length === 0) return [];
  const { fields, what } = expected;
  const elsewhere = expected.elsewhere?.() ?? {};
  const list =
    fields.length > 0
      ? `; its fields are ${fields.join(", ")}`
      : "; it has no fields";
  let isListed = false;
  return unknown.map((field) => {
    if (Object.hasOwn(elsewhere, field))
      return {
        path: toPath(field, expected),
        rule: "unknown",
        message: `${toPath(field, expected)} ${elsewhere[field] ?? ""}`,
      };
    const closest = findClosestName(field, fields);
    const misplaced = findClosestName(field, Object.keys(elsewhere));
    const hint = closest
      ? `; did you mean ${closest}?`
      : misplaced
        ? `; ${misplaced} ${elsewhere[misplaced] ?? ""}`
        : isListed
          ? ""
          : list;
    isListed ||= closest === undefined && misplaced === undefined;
    return {
      path: toPath(field, expected),
      rule: "unknown",
      message: `${toPath(toPrintable(field), expected)} is not a field of this ${what}${hint}`,
    };
  });
}

/**
 * Finds an unknown field whose name resembles that of a known field that is missing: probably a typo, even in an object
 * that may have further fields.
 */
export function findTypo(
  input: object,
  fields: readonly string[],
): { readonly found: string; readonly closest: string } | undefined {
  const given = input as Readonly<Record<string, unknown>>;
  const missing = fields.filter((field) => given[field] === undefined);
  for (const field of listOwnFields(input)) {
    if (fields.includes(field)) continue;
    const closest = findClosestName(field, missing);
    if (closest !== undefined) return { found: toPrintable(field), closest };
  }
  return undefined;
}

const MAX_PRINTED_LENGTH = 100;

/** A field name in a message: shortened, and quoted if it contains unusual characters. */
function toPrintable(field: string): string {
  const start =
    field.length > MAX_PRINTED_LENGTH
      ? `${field.slice(0, MAX_PRINTED_LENGTH)}…`
      : field;
  return /^[\w$.\u2026-]+$/.test(start) ? start : JSON.stringify(start);
}

/** Whether an object inherits no fields. */
function hasOnlyOwnFields(input: object): boolean {
  if (types.isProxy(input)) return false;
  const prototype: unknown = Object.getPrototypeOf(input);
  return prototype === Object.prototype || prototype === null;
}

function listOwnFields(input: object): string[] {
  try {
    return Object.keys(input);
  } catch {
    return [];
  }
}
