import type { Meter } from "./Meter";

/** The source of an XML document. It checks the time limit while the XML library reads it. */
class MeteredSource extends String {
  readonly #meter: Meter;

  constructor(text: string, meter: Meter) {
    super(text);
    this.#meter = meter;
  }

  override charAt(at: number): string {
    this.#meter.step();
    return super.charAt(at);
  }

  override indexOf(part: string, from?: number): number {
    this.#meter.checkWork();
    return super.indexOf(part, from);
  }

  override substring(from: number, to?: number): string {
    this.#meter.step();
    return super.substring(from, to);
  }
}

/** Wraps an XML source so that parsing it is subject to the time limit. */
export function toMeteredSource(text: string, meter: Meter): string {
  return new MeteredSource(text, meter) as unknown as string;
}
