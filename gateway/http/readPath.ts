/** How often a path is decoded. Clients do not send paths that are encoded more often. */
const MAX_ROUNDS = 8;

/** Longest path of which every reading is determined, in characters. It takes some milliseconds in the worst case. */
const MAX_LENGTH = 4_096;

/** How the bytes of a path are read as characters. */
export type PathEncoding = "utf8" | "latin1";

/**
 * A path in the form in which two spellings of it are equal for the most lenient server: completely decoded, in lower case, with
 * compatibility characters replaced and invisible ones removed.
 *
 * @returns `undefined` if the path is encoded more often than {@link MAX_ROUNDS} times.
 */
export function foldPath(
  path: string,
  encoding: PathEncoding = "utf8",
): string | undefined {
  let folded = toAscii(path);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = fold(decode(folded, encoding));
    if (next === folded) return folded;
    folded = next;
  }
  return undefined;
}

/**
 * The folded forms of a path for servers that remove the parameters of segments before they decode, and for those that do not: only the
 * former read `/;%2F/api` as `//api`. Equal forms are repeated.
 */
export function foldReadings(
  path: string,
  encoding: PathEncoding = "utf8",
): (string | undefined)[] {
  const readings = [foldPath(path, encoding)];
  let decoded = toAscii(path);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const plain = decoded.replace(/;[^/\\]*/g, "");
    if (plain !== decoded) readings.push(foldPath(plain, encoding));
    const next = fold(decode(decoded, encoding));
    if (next === decoded) break;
    decoded = next;
  }
  return readings;
}

/**
 * A path as servers read it that decode it not at all, once, and more often, with and without the parameters of segments; folded otherwise.
 *
 * @returns `undefined` if the path is encoded more often than {@link MAX_ROUNDS} times, or longer than {@link MAX_LENGTH} characters.
 */
export function decodingsOf(path: string): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  const encodings: PathEncoding[] = hasHighBytes(path)
    ? ["utf8", "latin1"]
    : ["utf8"];
  for (const reading of readingsOf(path)) {
    if (reading === undefined) return undefined;
    all.add(reading);
  }
  for (const encoding of encodings) {
    let decoded = fold(toAscii(path));
    for (let round = 0; round < MAX_ROUNDS; round++) {
      all.add(decoded).add(decoded.replace(/;[^/\\]*/g, ""));
      const next = fold(decode(decoded, encoding));
      if (next === decoded) break;
      decoded = next;
    }
  }
  return all;
}

/** Whether different servers may read a path differently. */
export const isAmbiguous = (path: string): boolean =>
  /[^\w~!$&'()*+,=:@/.-]|\/\/|\/\.|\.\/|\.$|::\$/.test(path);

/**
 * The folded forms of a path for servers that read its bytes as UTF-8 and as Latin-1. A form is `undefined` if the path is encoded too often,
 * or longer than {@link MAX_LENGTH} characters.
 */
export const readingsOf = (path: string): (string | undefined)[] =>
  path.length > MAX_LENGTH
    ? [undefined]
    : [
        ...foldReadings(path),
        ...(hasHighBytes(path) ? foldReadings(path, "latin1") : []),
      ];

/** Whether the bytes of a path mean different characters in different encodings. */
const hasHighBytes = (path: string): boolean =>
  /[^\0-\x7f]|%(?:25)*[89a-f]/i.test(path);

const toAscii = (path: string): string =>
  path.replace(/[\x80-\xff]/g, toPercent);

const toPercent = (byte: string): string =>
  `%${byte.charCodeAt(0).toString(16)}`;

const fromHex = (hex: string): number => Number.parseInt(hex, 16);

/** Decodes percent encodings once, also the nonstandard `%u0061` and, in UTF-8, forms that are longer than needed. */
function decode(text: string, encoding: PathEncoding): string {
  if (!text.includes("%")) return text;
  const plain = text.replace(/%u([\da-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(fromHex(hex)),
  );
  const short = encoding === "utf8" ? decodeOverlong(plain) : plain;
  return short.replace(/(?:%[\da-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll("%", ""), "hex").toString(encoding),
  );
}

/** Decodes ASCII characters that are encoded in two or three bytes, for example `%c0%ae` for a dot. */
const decodeOverlong = (text: string): string =>
  text.replace(/%(?:e0%8|c)[01]%[89ab][\da-f]/gi, (bytes) =>
    String.fromCharCode(
      (fromHex(bytes.slice(-4, -3)) << 6) | (fromHex(bytes.slice(-2)) & 0x3f),
    ),
  );

/** Control characters and others without a glyph, except NUL, which ends a string in C. */
const INVISIBLE = /(?!\0)[\p{Cc}\p{Cf}\uFFFD]+/gu;

function fold(text: string): string {
  const visible = text.replace(INVISIBLE, "");
  return /^[\0-\x7f]*$/.test(visible)
    ? visible.toLowerCase()
    : visible.normalize("NFKC").toUpperCase().toLowerCase();
}

/**
 * The segments of a folded path, as the most lenient server reads them: `""` if it may skip the segment, `".."` if it may go up by it.
 * Parameters and trailing dots and spaces are removed.
 */
export const segmentsOf = (
  folded: string,
  separator: RegExp | string = /[/\\]/,
): string[] => folded.split(separator).map(toSegment);

function toSegment(text: string): string {
  const at = text.search(/[;#?\0]|::\$/);
  const cut = at < 0 ? text : text.slice(0, at);
  const name = trimEnd(cut.trimStart());
  if (name !== "") return name;
  if (cut.replace(/\s/g, "") === "..") return "..";
  // After `#` or `?`, what follows is no path. Only parameters leave an empty segment behind.
  return at < 0 || text[at] === ";" || cut !== "" ? "" : "#";
}

/** Windows ignores trailing dots and spaces. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[.\s]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
