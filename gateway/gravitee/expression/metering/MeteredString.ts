import type { Meter } from "./Meter";

/** So many characters are looked at between two looks at the clock. */
const CHARACTERS = 256;

/** A text that counts how often its characters are looked at: so a library that reads it ends in time. */
class MeteredString extends String {
  readonly #meter: Meter;
  #looks = 0;

  constructor(text: string, meter: Meter) {
    super(text);
    this.#meter = meter;
  }

  override charCodeAt(at: number): number {
    if (++this.#looks % CHARACTERS === 0) this.#meter.check();
    return super.charCodeAt(at);
  }
}

/** A text for a library to read, one character after another; a short one as it is. */
export function toMeteredString(text: string, meter: Meter): string {
  return text.length < CHARACTERS
    ? text
    : (new MeteredString(text, meter) as unknown as string);
}
