import type { Meter } from "./Meter";
import { indexIn } from "./search";

/** Number of characters read between two calls of the meter. */
const CHARACTERS = 32;

/** Strings that are shorter are counted as a whole. */
const SHORT = 256;

/** A string that counts its character reads, so that a library that reads it is subject to the time limit. */
class MeteredString extends String {
  readonly #text: string;
  readonly #meter: Meter;
  readonly #steps: number;
  #reads = 0;

  constructor(text: string, meter: Meter, perCharacter: number) {
    super(text);
    this.#text = text;
    this.#meter = meter;
    this.#steps = CHARACTERS * perCharacter;
  }

  override charCodeAt(at: number): number {
    if (++this.#reads % CHARACTERS === 0) this.#meter.charge(this.#steps);
    return super.charCodeAt(at);
  }

  override indexOf(part: string, from = 0): number {
    return indexIn(this.#text, { part, from }, this.#meter);
  }
}

/**
 * Wraps a string for a library that reads it character by character.
 *
 * @param perCharacter - Steps of reading a character.
 */
export function toMeteredString(
  text: string,
  meter: Meter,
  perCharacter: number,
): string {
  if (text.length >= SHORT)
    return new MeteredString(text, meter, perCharacter) as unknown as string;
  meter.charge(perCharacter * text.length);
  return text;
}
