import type { Meter } from "./Meter";

/** Number of characters read between two checks of the time limit. */
const CHARACTERS = 256;

/** A string that counts its character reads, so that a library that reads it is subject to the time limit. */
class MeteredString extends String {
  readonly #meter: Meter;
  #reads = 0;

  constructor(text: string, meter: Meter) {
    super(text);
    this.#meter = meter;
  }

  override charCodeAt(at: number): number {
    if (++this.#reads % CHARACTERS === 0) this.#meter.check();
    return super.charCodeAt(at);
  }
}

/** Wraps a string for a library that reads it character by character. Short strings are returned as they are. */
export function toMeteredString(text: string, meter: Meter): string {
  return text.length < CHARACTERS
    ? text
    : (new MeteredString(text, meter) as unknown as string);
}
