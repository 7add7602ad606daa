/** A text, or what it says once its escapes are decoded. */
export interface TextView {
  readonly text: string;
  /** Where each character of the view begins in the original text, and where the text ends. `undefined`: the view is the original. */
  readonly offsets?: readonly number[];
}

/** An escape of a URL, of JSON and JavaScript, or of XML and HTML. */
const ESCAPES =
  /(?:%[\da-f]{2})+|\\u[\da-f]{4}|\\x[\da-f]{2}|\\["'\\/bfnrt]|&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});/gi;

/** How many encodings of one text inside another are decoded. */
const MAX_DEPTH = 3;

/** Returns the text as it is and with its escapes decoded: once, and again if the result contains escapes. */
export function readEncodings(text: string): TextView[] {
  const views: TextView[] = [{ text }];
  let view: TextView = { text };
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const decoded = decode(view);
    if (!decoded) break;
    views.push(decoded);
    view = decoded;
  }
  return views;
}

/** Where a range of a view is in the original text. */
export function toOriginalRange(
  { offsets }: TextView,
  start: number,
  end: number,
): readonly [start: number, end: number] {
  return [offsets?.[start] ?? start, offsets?.[end] ?? end];
}

/** Decodes all escapes. `undefined`: there are none. */
function decode({ text, offsets }: TextView): TextView | undefined {
  const original = (index: number): number => offsets?.[index] ?? index;
  const characters: string[] = [];
  const decodedOffsets: number[] = [];
  let from = 0;
  const copyUntil = (end: number): void => {
    for (let index = from; index < end; index++) {
      characters.push(text.charAt(index));
      decodedOffsets.push(original(index));
    }
  };
  for (const { 0: escape, index } of text.matchAll(ESCAPES)) {
    copyUntil(index);
    for (const { character, offset } of decodeEscape(escape)) {
      characters.push(character);
      decodedOffsets.push(original(index + offset));
    }
    from = index + escape.length;
  }
  if (from === 0) return undefined;
  copyUntil(text.length);
  decodedOffsets.push(original(text.length));
  return { text: characters.join(""), offsets: decodedOffsets };
}

/** A UTF-16 code unit, and where its escape begins. */
interface DecodedUnit {
  readonly character: string;
  readonly offset: number;
}

const NAMED: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "\\b": "\b",
  "\\f": "\f",
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
};

function decodeEscape(escape: string): DecodedUnit[] {
  if (escape.startsWith("%")) return decodePercent(escape);
  return toUnits(decodeSingle(escape), 0);
}

function decodeSingle(escape: string): string {
  const named = NAMED[escape.toLowerCase()];
  if (named !== undefined) return named;
  if (/^\\[ux]/i.test(escape))
    return String.fromCharCode(parseInt(escape.slice(2), 16));
  if (!escape.startsWith("&#")) return escape.charAt(1);
  const isHex = escape.charAt(2).toLowerCase() === "x";
  const code = isHex
    ? parseInt(escape.slice(3), 16)
    : parseInt(escape.slice(2), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Decodes `%C3%A4…`: three characters for each byte, and one to four bytes of UTF-8 for each character. */
function decodePercent(run: string): DecodedUnit[] {
  const bytes = Buffer.from(run.replaceAll("%", ""), "hex");
  const units: DecodedUnit[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = sequenceLength(bytes[at] ?? 0);
    const text = bytes.toString("utf8", at, at + size);
    units.push(...toUnits(text, at * 3));
    at += size;
  }
  return units;
}

/** Number of bytes of the UTF-8 sequence that begins with a byte. */
function sequenceLength(byte: number): number {
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc0 ? 2 : 1;
}

function toUnits(text: string, offset: number): DecodedUnit[] {
  return text.split("").map((character) => ({ character, offset }));
}
