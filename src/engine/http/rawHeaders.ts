/** Converts headers to the flat list of names and values that `node:http` writes without checking each header. */
export function toRawHeaders(
  headers: Readonly<Record<string, string>>,
): string[] {
  const rawHeaders: string[] = [];
  for (const name in headers) rawHeaders.push(name, headers[name] ?? "");
  return rawHeaders;
}

/** Headers that have one value. If they are repeated, the first value counts, as in Node's own parser. */
const SINGLE_VALUE_HEADERS = new Set([
  "content-length",
  "content-type",
  "date",
  "retry-after",
  "server",
]);

/** Converts Node's `rawHeaders`. Names become lower case; the values of a repeated header are joined with commas. */
export function fromRawHeaders(
  rawHeaders: readonly string[],
): Record<string, string> {
  // No prototype: a header can be named `__proto__`.
  const headers = Object.create(null) as Record<string, string>;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = toLowerCase(rawHeaders[i] ?? "");
    const value = rawHeaders[i + 1] ?? "";
    const previous = headers[name];
    if (previous === undefined) headers[name] = value;
    else if (!SINGLE_VALUE_HEADERS.has(name))
      headers[name] = `${previous}, ${value}`;
  }
  return headers;
}

/** Header names in lower case, by the name as received. AWS sends the same few. */
const lowerCaseNames = new Map<string, string>();

/** Maximum size of the cache, in case a server sends arbitrary names. */
const MAX_CACHED_NAMES = 200;

function toLowerCase(name: string): string {
  let lowerCase = lowerCaseNames.get(name);
  if (lowerCase === undefined) {
    lowerCase = name.toLowerCase();
    if (lowerCaseNames.size < MAX_CACHED_NAMES)
      lowerCaseNames.set(name, lowerCase);
  }
  return lowerCase;
}
