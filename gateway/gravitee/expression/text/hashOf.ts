import type { Meter } from "../metering/Meter";
import { rangesOf } from "../metering/rangesOf";

/** Calculates Java's `String.hashCode`. */
export function hashOf(text: string, meter: Meter): number {
  let hash = 0;
  for (const { from, to } of rangesOf(text.length, { perCharacter: 2, meter }))
    for (let at = from; at < to; at++)
      hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}
