import { fail } from "../errors/Fault";

/** The names of charsets, and what Node calls them. */
const CHARSETS: Readonly<Record<string, "utf8" | "latin1" | "ascii">> = {
  "utf-8": "utf8",
  utf8: "utf8",
  "iso-8859-1": "latin1",
  latin1: "latin1",
  "us-ascii": "ascii",
  ascii: "ascii",
};

/** The bytes of a text. */
export function encode(text: string, charset = "UTF-8"): Uint8Array {
  const known = charsetOf(charset);
  if (known === "utf8") return Buffer.from(text, "utf8");
  const most = known === "ascii" ? 127 : 255;
  return Uint8Array.from(text, (each) => {
    const code = each.codePointAt(0) ?? 0;
    return code > most ? 63 : code;
  });
}

/** The text of bytes. */
export function decode(bytes: Uint8Array, charset = "UTF-8"): string {
  return Buffer.from(bytes).toString(charsetOf(charset));
}

/** The charset of a name. */
export function charsetOf(name: string): "utf8" | "latin1" | "ascii" {
  return (
    CHARSETS[name.toLowerCase()] ??
    fail("there is no such charset: UTF-8, ISO-8859-1 and US-ASCII are")
  );
}
