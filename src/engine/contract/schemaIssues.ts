import type { Issue } from "../../errors";
import { isObject } from "../text/isObject";
import { toOneLine } from "../text/toOneLine";
import { removeFinalPeriod } from "../text/toSentence";
import { MAX_ISSUES } from "./IssueList";

/** Maximum number of keys in a path; further keys are omitted. */
const MAX_KEYS = 64;

/** Maximum length of a key, and of a description, in characters. */
const MAX_KEY_LENGTH = 100;
const MAX_TEXT_LENGTH = 300;

/**
 * Translates the issues of a schema, at most {@link MAX_ISSUES}. Descriptions by the library are passed on without the value that
 * they may quote.
 */
export function toSchemaIssues(
  issues: readonly unknown[],
  input: unknown,
): Issue[] {
  const found = issues
    .slice(0, MAX_ISSUES)
    .map((issue) => toIssue(issue, input));
  return found.length > 0 ? found : [describe("", "")];
}

function toIssue(issue: unknown, input: unknown): Issue {
  const { message, path } = isObject(issue) ? issue : {};
  const keys = readKeys(path);
  const text = typeof message === "string" ? message : "";
  return describe(formatPath(keys), hideValues(text, valueAt(input, keys)));
}

function describe(path: string, text: string): Issue {
  const line = removeFinalPeriod(toOneLine(text.slice(0, MAX_TEXT_LENGTH)));
  const what = path === "" ? "the payload" : path;
  // ArkType starts with the path.
  const isSentence = path !== "" && line.startsWith(`${path} `);
  const reason = line === "" ? "" : ` (${line})`;
  return {
    path,
    rule: "schema",
    message: isSentence ? line : `${what} is invalid${reason}`,
  };
}

function readKeys(path: unknown): PropertyKey[] {
  if (!Array.isArray(path)) return [];
  return path.slice(0, MAX_KEYS).map((segment: unknown) => {
    const key = isObject(segment) ? segment["key"] : segment;
    return typeof key === "number" || typeof key === "symbol"
      ? key
      : String(key);
  });
}

/** Formats a path like those of other issues: `items[0].sku`. */
function formatPath(keys: readonly PropertyKey[]): string {
  let path = "";
  for (const key of keys) {
    const text = String(key).slice(0, MAX_KEY_LENGTH);
    if (/^\d+$/.test(text)) path += `[${text}]`;
    else if (/^[\w$-]+$/.test(text)) path += path === "" ? text : `.${text}`;
    else path += `[${JSON.stringify(text)}]`;
  }
  return path;
}

function valueAt(input: unknown, keys: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of keys) {
    if (typeof value !== "object" || value === null) return undefined;
    value =
      value instanceof Map
        ? (value.get(key) as unknown)
        : (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Where Valibot and ArkType quote the value: "… but received 17", "… (was 17)". */
const QUOTED_VALUES = [/ but received .*$/s, / \(was .*\)$/s];

const HIDDEN = "[hidden]";

/** Maximum number of values that a description is searched for. */
const MAX_VALUES = 1_000;

/** Removes the value, or parts of it, from a description. */
function hideValues(text: string, value: unknown): string {
  let result = text;
  for (const pattern of QUOTED_VALUES) result = result.replace(pattern, "");
  for (const each of collectStrings(value)) {
    if (each.length > result.length) continue;
    result = result.replaceAll(JSON.stringify(each), HIDDEN);
    // A short string also occurs by chance.
    if (each.length >= 4) result = result.replaceAll(each, HIDDEN);
  }
  return result;
}

/** The strings and long numbers in a value, the longest first. */
function collectStrings(value: unknown): string[] {
  const found = new Set<string>();
  const open = [value];
  for (let count = 0; open.length > 0 && count < MAX_VALUES; count++) {
    const next = open.pop();
    if (typeof next === "string" && next !== "") found.add(next);
    if (typeof next === "number" || typeof next === "bigint")
      if (String(next).length >= 4) found.add(String(next));
    if (typeof next === "object" && next !== null)
      open.push(...(Object.values(next).slice(0, MAX_VALUES) as unknown[]));
  }
  return [...found].sort((a, b) => b.length - a.length);
}
