import { formatNumber } from "./formatNumber";

/** Maximum nesting of JSON that is received or passed on: `[[1]]` has 2 levels. */
export const MAX_JSON_DEPTH = 512;

/** JSON is nested too deeply. The message continues a sentence: "the body is nested …". */
export class JsonDepthError extends Error {
  override readonly name = "JsonDepthError";

  constructor(maxDepth: number) {
    super(
      `nested more than ${formatNumber(maxDepth)} levels deep, which is the limit`,
    );
  }
}

/** JSON has too many values. The message continues a sentence: "the body has …". */
export class JsonSizeError extends Error {
  override readonly name = "JsonSizeError";

  constructor(maxValues: number) {
    super(
      `more than ${formatNumber(maxValues)} values and names, which is the limit`,
    );
  }
}

/** Limits of JSON that is parsed. */
export interface JsonLimits {
  /** Maximum nesting. Defaults to {@link MAX_JSON_DEPTH}. */
  readonly maxDepth?: number;

  /** Maximum number of commas and colons outside strings: each stands between two values or names. Defaults to no limit. */
  readonly maxValues?: number;
}

/**
 * Parses JSON, unless it exceeds a limit. `JSON.parse` has no limit of its own and cannot be interrupted: it needs many seconds for a
 * few megabytes of brackets, and a third of a second for half a million objects with different names.
 *
 * @throws {@link JsonDepthError} or {@link JsonSizeError} before anything is parsed; `SyntaxError` if the text is not JSON.
 */
export function parseJson(
  text: string,
  { maxDepth = MAX_JSON_DEPTH, maxValues = Infinity }: JsonLimits = {},
): unknown {
  checkSize(text, { maxDepth, maxValues });
  return JSON.parse(text);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Whether lists and objects are nested more than `maxDepth` levels deep. */
export function isTooDeep(text: string, maxDepth: number): boolean {
  return findExcess(text, { maxDepth, maxValues: Infinity }) === "depth";
}

function checkSize(text: string, limits: Required<JsonLimits>): void {
  const excess = findExcess(text, limits);
  if (excess === "depth") throw new JsonDepthError(limits.maxDepth);
  if (excess === "values") throw new JsonSizeError(limits.maxValues);
}

/**
 * Which limit a text exceeds. Every level has an opening and a closing bracket, and every value a comma or a colon, so short texts are
 * not scanned. Text that is not JSON may count as too large, but JSON that is too large never passes.
 */
function findExcess(
  text: string,
  { maxDepth, maxValues }: Required<JsonLimits>,
): "depth" | "values" | undefined {
  const { length } = text;
  if (length < 2 * maxDepth && length <= maxValues) return undefined;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = findEndOfString(text, at);
    else if (code === COMMA || code === COLON) {
      if (++values > maxValues) return "values";
    }
    // `[` and `{` differ in one bit, as `]` and `}` do.
    else if ((code | 0x20) === 0x7b) {
      if (++depth > maxDepth) return "depth";
    } else if ((code | 0x20) === 0x7d) depth--;
  }
  return undefined;
}

/** Returns the index of the quote that ends the string that starts at `start`, or of the end of the text. */
function findEndOfString(text: string, start: number): number {
  for (let at = start; ;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    // A quote is escaped after an odd number of backslashes.
    let first = at;
    while (text.charCodeAt(first - 1) === BACKSLASH) first--;
    if ((at - first) % 2 === 0) return at;
  }
}
