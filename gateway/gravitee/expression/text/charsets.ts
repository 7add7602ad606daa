import { fail } from "../errors/Fault";

/** The supported charsets by name, and the names that Node uses. */
const CHARSETS: Readonly<Record<string, "utf8" | "latin1" | "ascii">> = {
  "utf-8": "utf8",
  utf8: "utf8",
  "iso-8859-1": "latin1",
  latin1: "latin1",
  "us-ascii": "ascii",
  ascii: "ascii",
};

/** Encodes a string to bytes. */
export function encode(text: string, charset = "UTF-8"): Uint8Array {
  const known = charsetOf(charset);
  if (known === "utf8") return Buffer.from(text, "utf8");
  const most = known === "ascii" ? 127 : 255;
  return Uint8Array.from(text, (each) => {
    const code = each.codePointAt(0) ?? 0;
    return code > most ? 63 : code;
  });
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
    CHARSETS[name.toLowerCase()] ??
    fail("the charset must be UTF-8, ISO-8859-1 or US-ASCII")
  );
}
