/** Headers as `node:http` takes and gives them without looking at each: names and values in turn. */
export function toFlat(headers: Readonly<Record<string, string>>): string[] {
  const flat: string[] = [];
  for (const name in headers) flat.push(name, headers[name] ?? "");
  return flat;
}

/** What has one value: where it comes twice all the same, the first counts, as with Node's own reading. */
const SINGLE = new Set([
  "content-length",
  "content-type",
  "date",
  "retry-after",
  "server",
]);

/** The same with names in lower case; what comes twice is joined, as HTTP says. */
export function fromFlat(flat: readonly string[]): Record<string, string> {
  // Without a prototype: a stranger's header may have any name.
  const headers = Object.create(null) as Record<string, string>;
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = lowerCase(flat[i] ?? "");
    const value = flat[i + 1] ?? "";
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (!SINGLE.has(name)) headers[name] = `${before}, ${value}`;
  }
  return headers;
}

/** Names as they are on the wire, and in lower case; AWS sends the same few. */
const lowered = new Map<string, string>();

/** Names that are remembered; a stranger's endless other ones are not. */
const MOST_NAMES = 200;

function lowerCase(name: string): string {
  let lower = lowered.get(name);
  if (lower === undefined) {
    lower = name.toLowerCase();
    if (lowered.size < MOST_NAMES) lowered.set(name, lower);
  }
  return lower;
}
