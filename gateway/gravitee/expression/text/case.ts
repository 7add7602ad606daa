import { mapChunks } from "../metering/mapChunks";
import type { Meter } from "../metering/Meter";

/** Steps per character of a conversion between upper and lower case. */
const PER_CHARACTER = 8;

/** `String.toUpperCase`. */
export function toUpperCase(text: string, meter: Meter): string {
  return mapChunks(text, { perCharacter: PER_CHARACTER, meter }, (chunk) =>
    chunk.toUpperCase(),
  );
}

/** `String.toLowerCase`. The lower case of a sigma depends on its neighbors, so the string is converted as a whole. */
export function toLowerCase(text: string, meter: Meter): string {
  meter.charge(PER_CHARACTER * text.length);
  meter.takeText(text.length);
  return text.toLowerCase();
}

/** Converts a string so that strings that differ only in case become equal. */
export function foldCase(text: string, meter: Meter): string {
  return toLowerCase(toUpperCase(text, meter), meter);
}
