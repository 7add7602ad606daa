import { fail } from "../errors/Fault";

/** Java's names of character classes, and the names that `re2js` uses. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ["Alpha", "alpha"],
  ["Digit", "digit"],
  ["Alnum", "alnum"],
  ["Upper", "upper"],
  ["Lower", "lower"],
  ["Punct", "punct"],
  ["Space", "space"],
  ["XDigit", "xdigit"],
  ["Graph", "graph"],
  ["Print", "print"],
  ["Blank", "blank"],
  ["Cntrl", "cntrl"],
  ["ASCII", "ascii"],
]);

/** The horizontal whitespace characters of Java's `\h`. */
const HORIZONTAL =
  "\\x{20}\\t\\x{A0}\\x{1680}\\x{180E}\\x{2000}-\\x{200A}\\x{202F}\\x{205F}\\x{3000}";

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([pP])\{(\w+)\}|(h)|(Q)|([\s\S]))/y;

/** Translates a Java regular expression to the syntax of `re2js`. */
export function toRe2Syntax(source: string): string {
  let text = "";
  let isInClass = false;
  for (let at = 0; at < source.length;) {
    ESCAPE.lastIndex = at;
    const escape = ESCAPE.exec(source);
    if (escape) {
      const end = escape[5] ? quoteEnd(source, at) : ESCAPE.lastIndex;
      text += escape[5] ? source.slice(at, end) : translate(escape, isInClass);
      at = end;
      continue;
    }
    const each = source[at] ?? "";
    if (isInClass && (each === "[" || source.startsWith("&&", at)))
      fail(
        "nested character classes and && are not supported in regular expressions",
      );
    const opens: boolean = each === "[" && !isInClass;
    if (opens) {
      const start = /\[\^?\]?/y;
      start.lastIndex = at;
      const length = start.exec(source)?.[0].length ?? 1;
      text += source.slice(at, at + length);
      at += length;
    } else {
      text += each;
      at++;
    }
    isInClass = opens || (isInClass && each !== "]");
  }
  return text;
}

function quoteEnd(source: string, at: number): number {
  const end = source.indexOf("\\E", at);
  return end < 0 ? source.length : end + 2;
}

function translate(escape: RegExpExecArray, isInClass: boolean): string {
  const [whole, unicode, property, name = "", horizontal] = escape;
  if (unicode) return `\\x{${unicode}}`;
  if (horizontal) return isInClass ? HORIZONTAL : `[${HORIZONTAL}]`;
  const known = property ? CLASSES.get(name) : undefined;
  if (!known) return whole;
  const posix = property === "P" ? `[:^${known}:]` : `[:${known}:]`;
  return isInClass ? posix : `[${posix}]`;
}
