import type { Meter } from "../metering/Meter";
import { rangesOf } from "../metering/rangesOf";

/** Removes the characters up to the space from both ends, like Java's `String.trim`. */
export function trim(text: string, meter: Meter): string {
  const isSpace = (at: number): boolean => text.charCodeAt(at) <= 0x20;
  const { length } = text;
  const start = countWhile(length, isSpace, meter);
  const end = countWhile(
    length - start,
    (count) => isSpace(length - 1 - count),
    meter,
  );
  return text.slice(start, length - end);
}

function countWhile(
  most: number,
  test: (count: number) => boolean,
  meter: Meter,
): number {
  for (const { from, to } of rangesOf(most, { perCharacter: 2, meter }))
    for (let count = from; count < to; count++) if (!test(count)) return count;
  return most;
}

/** Removes a character from the end of a string. */
export function trimEnd(text: string, character: string): string {
  let to = text.length;
  while (to > 0 && text[to - 1] === character) to--;
  return text.slice(0, to);
}
