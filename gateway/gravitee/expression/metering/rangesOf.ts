import type { Meter } from "./Meter";

/** Number of characters per range. */
const RANGE = 16_384;

/** Divides the offsets of a string into ranges, and counts each before it is read. */
export function* rangesOf(
  length: number,
  {
    perCharacter,
    meter,
  }: {
    /** Steps per character. */
    readonly perCharacter: number;
    readonly meter: Meter;
  },
): Generator<{ readonly from: number; readonly to: number }> {
  for (let from = 0; from < length; from += RANGE) {
    const to = Math.min(from + RANGE, length);
    meter.charge(perCharacter * (to - from));
    yield { from, to };
  }
}
