import { setImmediate } from "node:timers/promises";

/** Characters that are checked before other work can run. */
const CHUNK_LENGTH = 1_048_576;

const INVALID = /[^A-Za-z0-9+/=_\t\n\v\f\r -]/;

/** Decodes Base64 in either alphabet, with or without whitespace and padding. Returns `undefined` if the string is not Base64. */
export async function decodeBase64(
  text: string,
): Promise<Uint8Array | undefined> {
  let digits = 0;
  let paddings = 0;
  for (let at = 0; at < text.length; at += CHUNK_LENGTH) {
    if (at > 0) await setImmediate();
    const chunk = text.slice(at, at + CHUNK_LENGTH);
    if (INVALID.test(chunk)) return undefined;
    for (const byte of Buffer.from(chunk, "latin1"))
      if (byte === PADDING) paddings++;
      else if (byte > SPACE) {
        if (paddings > 0) return undefined;
        digits++;
      }
  }
  if (paddings > 2 || digits % 4 === 1) return undefined;
  if (text.length > CHUNK_LENGTH) await setImmediate();
  return Buffer.from(text, "base64");
}

const SPACE = 0x20;
const PADDING = 0x3d;
