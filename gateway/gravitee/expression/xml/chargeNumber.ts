import type { Meter } from "../metering/Meter";

/** Matches the start of a number. */
const START = /\s*-?(\d*)/y;

/**
 * Counts the conversion of a string to a number. The library uses a regular expression whose time grows with the product of
 * the number of digits and the length of the string.
 */
export function chargeNumber(text: string, meter: Meter): void {
  meter.charge(text.length);
  START.lastIndex = 0;
  const [, digits = ""] = START.exec(text) ?? [];
  meter.charge(digits.length * text.length);
}
