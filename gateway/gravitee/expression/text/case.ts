import { mapChunks } from "../metering/mapChunks";
import type { Meter } from "../metering/Meter";

/** Steps per character of a conversion between upper and lower case. */
const PER_CHARACTER = 8;

/** The letter whose lower case depends on its neighbors, so that a string with it is converted as a whole. */
const SIGMA = "Σ";
const PER_CHARACTER_OF_WHOLE = 20;

/** `String.toUpperCase`. */
export function toUpperCase(text: string, meter: Meter): string {
  return mapChunks(text, { perCharacter: PER_CHARACTER, meter }, (chunk) =>
    chunk.toUpperCase(),
  );
}

/** `String.toLowerCase`. */
export function toLowerCase(text: string, meter: Meter): string {
  meter.charge(text.length);
  if (!text.includes(SIGMA))
    return mapChunks(text, { perCharacter: PER_CHARACTER, meter }, (chunk) =>
      chunk.toLowerCase(),
    );
  meter.charge(PER_CHARACTER_OF_WHOLE * text.length);
  meter.takeText(text.length);
  return text.toLowerCase();
}

/** Converts a string so that strings that differ only in case become equal. */
export function foldCase(text: string, meter: Meter): string {
  return toLowerCase(toUpperCase(text, meter), meter);
}
