import type { Meter } from "../metering/Meter";

/** Number of characters per chunk. Shorter documents are too small to matter. */
const CHUNK = 65_536;

/** Approximate size of a list or an object, of a member, and of an item, in bytes. */
const CONTAINER = 64;
const MEMBER = 48;
const ITEM = 16;

/** Additional size per character, in bytes. */
const WEIGHTS = new Uint8Array(256);
WEIGHTS["[".charCodeAt(0)] = CONTAINER;
WEIGHTS["{".charCodeAt(0)] = CONTAINER;
WEIGHTS[":".charCodeAt(0)] = MEMBER;
WEIGHTS[",".charCodeAt(0)] = ITEM;

/**
 * Counts the approximate memory that a JSON document needs when it is parsed. It is counted in advance because
 * `JSON.parse` cannot be interrupted. Characters inside strings are counted as well, so the result is an upper estimate.
 */
export function weigh(text: string, meter: Meter): void {
  meter.takeText(text.length);
  if (text.length < CHUNK) return;
  for (let at = 0; at < text.length; at += CHUNK) {
    let bytes = 0;
    for (const byte of Buffer.from(text.slice(at, at + CHUNK), "latin1"))
      bytes += WEIGHTS[byte] ?? 0;
    meter.take(bytes);
  }
}
