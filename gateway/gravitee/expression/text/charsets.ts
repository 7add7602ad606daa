import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import { rangesOf } from "../metering/rangesOf";

const QUESTION_MARK = 63;

/** The supported charsets by name, and the names that Node uses. */
const CHARSETS = new Map<string, "utf8" | "latin1" | "ascii">([
  ["utf-8", "utf8"],
  ["utf8", "utf8"],
  ["iso-8859-1", "latin1"],
  ["latin1", "latin1"],
  ["us-ascii", "ascii"],
  ["ascii", "ascii"],
]);

/** Encodes a string to bytes. */
export function encode(
  text: string,
  {
    charset = "UTF-8",
    meter,
  }: { readonly charset?: string | undefined; readonly meter: Meter },
): Uint8Array {
  const known = charsetOf(charset);
  if (known === "utf8") return Buffer.from(text, "utf8");
  const most = known === "ascii" ? 127 : 255;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (const { from, to } of rangesOf(text.length, { perCharacter: 4, meter }))
    for (let at = from; at < to; at++) {
      if (isLowSurrogate(text, at)) continue;
      const code = text.charCodeAt(at);
      bytes[length++] = code > most ? QUESTION_MARK : code;
    }
  return bytes.subarray(0, length);
}

/** Whether the character at an offset is the second half of a surrogate pair, which is encoded together with the first half. */
function isLowSurrogate(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Decodes bytes to a string. */
export function decode(bytes: Uint8Array, charset = "UTF-8"): string {
  return Buffer.from(bytes).toString(charsetOf(charset));
}

/**
 * Finds a charset by its name.
 *
 * @throws Fault when it is not supported.
 */
export function charsetOf(name: string): "utf8" | "latin1" | "ascii" {
  return (
    CHARSETS.get(name.length > 20 ? "" : name.toLowerCase()) ??
    fail("the charset must be UTF-8, ISO-8859-1 or US-ASCII")
  );
}
