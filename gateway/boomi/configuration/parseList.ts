import { findClosestName } from "../../../src/internal";
import { isHeaderName } from "../../http/headerRules";
import type { ExpandInputToken, Point } from "./PointConfiguration";
import { invalid, toTrimmedString, type ParseResult } from "./ValueParser";

const TOKENS: readonly ExpandInputToken[] = [
  "requestPayload",
  "responsePayload",
  "remoteAddress",
  "token",
  "operation",
  "routing",
];

/** Boomi uses commas. Its open-source predecessor also accepted the others, which no header name or token contains. */
const ANY_SEPARATOR = /[,;|]/;

/** Parses header names. Names that differ only in case are the same header. */
export function parseHeaderNames(
  given: unknown,
): ParseResult<readonly string[]> {
  const expectation = "must be a comma-separated list of header names";
  const items = splitItems(given, ANY_SEPARATOR);
  if (!items) return invalid("list", expectation);
  const wrong = items.findIndex((name) => !isHeaderName(name));
  if (wrong >= 0)
    return invalid(
      "header",
      `${expectation}, but item ${wrong + 1} is not a valid header name`,
    );
  const names = new Map<string, string>();
  for (const name of items)
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return { value: [...names.values()] };
}

/** Parses EAV names, which are case-sensitive. Only commas separate them, because EAV names can contain other separators. */
export function parseEavNames(given: unknown): ParseResult<readonly string[]> {
  const items = splitItems(given, ",");
  if (!items)
    return invalid("list", "must be a comma-separated list of EAV names");
  return { value: [...new Set(items)] };
}

/** Parses the tokens of `expand-input`. An unknown token is rejected: the function would not receive what it expects. */
export function parseExpandInput(
  given: unknown,
  point: Point,
): ParseResult<ReadonlySet<ExpandInputToken>> {
  const available = TOKENS.filter(
    (token) => point === "PostProcessor" || token !== "responsePayload",
  );
  const expectation = `must be a comma-separated list of ${available.join(", ")}`;
  const items = splitItems(given, ANY_SEPARATOR);
  if (!items) return invalid("list", expectation);
  const tokens = new Set<ExpandInputToken>();
  for (const [index, item] of items.entries()) {
    const token = available.find((each) => each === item);
    if (token === undefined)
      return invalid(
        "token",
        `${expectation}, but item ${index + 1} ${explain(item, available)}`,
      );
    tokens.add(token);
  }
  return { value: tokens };
}

function explain(item: string, available: readonly ExpandInputToken[]): string {
  // One of Boomi's examples is marked as pre-processing and has this token, but its input is a post-processing input.
  if (item === "responsePayload" && !available.includes(item))
    return "is responsePayload, which is valid only in postInput";
  const suggestion = findClosestName(item, available);
  return `is not one of them${suggestion ? `; did you mean ${suggestion}?` : ""}`;
}

/** The items of a list, trimmed and without empty ones; `undefined` if it is not a list of strings. */
function splitItems(
  given: unknown,
  separator: string | RegExp,
): string[] | undefined {
  const parts: unknown[] | undefined =
    typeof given === "string"
      ? given.split(separator)
      : Array.isArray(given)
        ? given
        : undefined;
  const items = parts?.map(toTrimmedString);
  return items?.every((item) => item !== undefined)
    ? items.filter((item) => item !== "")
    : undefined;
}
