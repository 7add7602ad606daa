/** Maximum nesting of JSON that is received or passed on: `[[1]]` has 2 levels. */
export const MAX_JSON_DEPTH = 512;

/** JSON is nested too deeply. The message continues a sentence: "the body is nested …". */
export class JsonDepthError extends Error {
  override readonly name = "JsonDepthError";

  constructor(maxDepth: number) {
    super(
      `nested more than ${maxDepth.toLocaleString("en")} levels deep, which is the limit`,
    );
  }
}

/**
 * Parses JSON, unless it is nested too deeply. `JSON.parse` has no limit of its own and cannot be interrupted: it needs many
 * seconds for a few megabytes of brackets.
 *
 * @throws {@link JsonDepthError} before anything is parsed; `SyntaxError` if the text is not JSON.
 */
export function parseJson(text: string, maxDepth = MAX_JSON_DEPTH): unknown {
  if (isTooDeep(text, maxDepth)) throw new JsonDepthError(maxDepth);
  return JSON.parse(text);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether lists and objects are nested more than `maxDepth` levels deep. Every level has an opening and a closing bracket, so
 * short texts are not scanned. Text that is not JSON may count as too deep, but a deep JSON text never passes.
 */
export function isTooDeep(text: string, maxDepth: number): boolean {
  const { length } = text;
  if (length < 2 * maxDepth) return false;
  let depth = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = findEndOfString(text, at);
    // `[` and `{` differ in one bit, as `]` and `}` do.
    else if ((code | 0x20) === 0x7b) {
      if (++depth > maxDepth) return true;
    } else if ((code | 0x20) === 0x7d) depth--;
  }
  return false;
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
