import type { Meter } from "../metering/Meter";

/** So many characters are looked at together; a shorter text cannot hold enough to matter. */
const PIECE = 65_536;

/** What a list or an object, a member, and an item take, about, in bytes. */
const CONTAINER = 64;
const MEMBER = 48;
const ITEM = 16;

/** What each character takes besides itself. */
const WEIGHTS = new Uint8Array(256);
WEIGHTS["[".charCodeAt(0)] = CONTAINER;
WEIGHTS["{".charCodeAt(0)] = CONTAINER;
WEIGHTS[":".charCodeAt(0)] = MEMBER;
WEIGHTS[",".charCodeAt(0)] = ITEM;

/**
 * Counts what a document takes when it is read, about. JavaScript reads it in one go, which nothing stops: so it is
 * weighed before. What stands in texts counts as well, which makes it rather too much than too little.
 */
export function weigh(text: string, meter: Meter): void {
  meter.takeText(text.length);
  if (text.length < PIECE) return;
  for (let at = 0; at < text.length; at += PIECE) {
    let bytes = 0;
    for (const byte of Buffer.from(text.slice(at, at + PIECE), "latin1"))
      bytes += WEIGHTS[byte] ?? 0;
    meter.take(bytes);
  }
}
