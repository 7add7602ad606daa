/** The header to which trusted proxies append the address of their client. */
export type ForwardedHeader = "x-forwarded-for" | "forwarded";

/** Longest element of a `Forwarded` header that is parsed. */
const MAX_ELEMENT_LENGTH = 512;

/**
 * The addresses in the lines of a header, as written, from the last to the first: only the last ones come from trusted proxies, and
 * nothing before them, such as an open quote, changes how they are read. `undefined` for an element without an address, or one that
 * cannot be parsed.
 */
export function* forwardedEntries(
  lines: readonly string[],
  header: ForwardedHeader,
): Generator<string | undefined> {
  const isForwarded = header === "forwarded";
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    let end = line.length;
    while (end >= 0) {
      const start = isForwarded
        ? startOfElement(line, end)
        : startOfEntry(line, end);
      const element = line.slice(start, end);
      yield isForwarded ? readFor(element) : element.trim();
      end = start - 1;
    }
  }
}

/** Where the entry that ends here begins: after the previous comma. */
const startOfEntry = (line: string, end: number): number =>
  end === 0 ? 0 : line.lastIndexOf(",", end - 1) + 1;

/** Where the element that ends here begins: after the previous comma that is not in a quoted string. */
function startOfElement(line: string, end: number): number {
  let isQuoted = false;
  for (let at = end - 1; at >= 0; at--) {
    const character = line[at];
    if (character === '"' && !(isQuoted && isEscaped(line, at)))
      isQuoted = !isQuoted;
    else if (character === "," && !isQuoted) return at + 1;
  }
  return 0;
}

/** Whether an odd number of backslashes precedes a character. */
function isEscaped(line: string, at: number): boolean {
  let before = at;
  while (line[before - 1] === "\\") before--;
  return (at - before) % 2 === 1;
}

/** `name=value` or `name="value"`, and what separates it from the next one. */
const PAIR =
  /[ \t]*([!#$%&'*+.^_`|~\w-]+)=(?:([!#$%&'*+.^_`|~\w:[\]-]+)|"((?:[^"\\]|\\.)*)")[ \t]*(?:;|$)/y;

/** The `for` of an element ({@link https://www.rfc-editor.org/rfc/rfc7239.html#section-4 | RFC 7239, 4}). */
function readFor(element: string): string | undefined {
  if (element.length > MAX_ELEMENT_LENGTH) return undefined;
  let found: string | undefined;
  let at = 0;
  while (at < element.length) {
    PAIR.lastIndex = at;
    const [pair, name = "", token, quoted] = PAIR.exec(element) ?? [];
    if (pair === undefined) return undefined;
    at += pair.length;
    if (name.toLowerCase() !== "for") continue;
    // Proxies could disagree about which of two counts.
    if (found !== undefined) return undefined;
    found = token ?? quoted?.replace(/\\(.)/g, "$1");
  }
  return found;
}
