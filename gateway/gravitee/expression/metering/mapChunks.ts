import type { Meter } from "./Meter";

/** Number of characters per chunk. */
const CHUNK = 16_384;

/**
 * Converts a string chunk by chunk, so that a long one is subject to the limits and its result is counted while it grows.
 * The conversion of a character must not depend on its neighbors. No surrogate pair is divided.
 */
export function mapChunks(
  text: string,
  {
    perCharacter,
    meter,
  }: {
    /** Steps per character. */
    readonly perCharacter: number;
    readonly meter: Meter;
  },
  convert: (chunk: string) => string,
): string {
  const parts: string[] = [];
  let from = 0;
  do {
    let to = Math.min(from + CHUNK, text.length);
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to++;
    meter.charge(perCharacter * (to - from));
    const part = convert(text.slice(from, to));
    meter.takeText(part.length);
    parts.push(part);
    from = to;
  } while (from < text.length);
  return parts.length === 1 ? (parts[0] ?? "") : parts.join("");
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
