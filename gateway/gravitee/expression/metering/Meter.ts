import { Fault } from "../errors/Fault";
import type { Bounds } from "./Bounds";

const TIMEOUT_MS = 50;
const BYTES = 16 * 1024 * 1024;

/** The clock is asked once in so many steps. */
const STEPS = 128;

/** Who has made less than this, in bytes, and taken fewer steps than those above, has done next to nothing. */
const LITTLE = 16 * 1024;

const steadyClock = (): number => performance.now();

/** Counts what an evaluation takes, and stops it where that is too much. */
export class Meter {
  readonly #clock: () => number;
  readonly #timeoutMs: number;
  readonly #end: number;
  readonly #most: number;
  #bytes = 0;
  #steps = 0;

  constructor(bounds: Bounds = {}) {
    this.#clock = bounds.clock ?? steadyClock;
    this.#timeoutMs = bounds.timeoutMs ?? TIMEOUT_MS;
    this.#most = bounds.bytes ?? BYTES;
    this.#end = this.#clock() + this.#timeoutMs;
  }

  /** Called for each piece of work whose size the data decide. */
  step(): void {
    if (++this.#steps % STEPS === 0) this.check();
  }

  /** Called amid work that takes its time. */
  check(): void {
    if (this.#clock() > this.#end)
      throw new Fault(
        `it takes longer than ${this.#timeoutMs} ms, and was stopped: shorten the expression or what it reads`,
      );
  }

  /** Called behind such work. Who has done next to nothing was kept waiting by the machine, and is not to blame. */
  checkWork(): void {
    if (this.#steps >= STEPS || this.#bytes >= LITTLE) this.check();
  }

  /** Called before a text or a collection of so many bytes is made. */
  take(bytes: number): void {
    this.#bytes += bytes;
    // Written so that NaN is too much.
    if (!(this.#bytes <= this.#most))
      throw new Fault(
        `it takes more than ${this.#most} bytes, and was stopped: shorten the expression or what it reads`,
      );
  }

  /** Called before a text of so many characters is made. */
  takeText(length: number): void {
    this.take(2 * length);
  }
}
