import type { Meter } from "../metering/Meter";
import { rangesOf } from "../metering/rangesOf";

/** Compares like Java: the difference of the first characters that differ, or else of the lengths. */
export function compareText(a: string, b: string, meter: Meter): number {
  const length = Math.min(a.length, b.length);
  for (const { from, to } of rangesOf(length, { perCharacter: 2, meter })) {
    if (a.slice(from, to) === b.slice(from, to)) continue;
    for (let at = from; at < to; at++) {
      const difference = a.charCodeAt(at) - b.charCodeAt(at);
      if (difference !== 0) return difference;
    }
  }
  return a.length - b.length;
}
