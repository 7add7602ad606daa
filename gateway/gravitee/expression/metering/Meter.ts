import { Fault } from "../errors/Fault";
import type { Bounds } from "./Bounds";

const TIMEOUT_MS = 50;
const BYTES = 16 * 1024 * 1024;

/** Number of steps between two readings of the clock. */
const STEPS = 128;

/** An evaluation that has taken fewer bytes than this, and fewer than `STEPS` steps, has done almost no work. */
const ALMOST_NO_BYTES = 16 * 1024;

const steadyClock = (): number => performance.now();

/** Measures the time and memory of one evaluation, and stops it when it exceeds its limits. */
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

  /** Counts one unit of work. Called in every loop whose length depends on the data. */
  step(): void {
    if (++this.#steps % STEPS === 0) this.check();
  }

  /**
   * Stops the evaluation if its time is up. Called during long operations.
   *
   * @throws Fault when the time limit is exceeded.
   */
  check(): void {
    if (this.#clock() > this.#end)
      throw new Fault(
        `evaluation exceeded the limit of ${this.#timeoutMs} ms; shorten the expression or the data it reads`,
      );
  }

  /**
   * Called after such an operation. An evaluation that has done almost no work is not stopped: the machine was busy.
   *
   * @throws Fault when the time limit is exceeded.
   */
  checkWork(): void {
    if (this.#steps >= STEPS || this.#bytes >= ALMOST_NO_BYTES) this.check();
  }

  /**
   * Counts the bytes of a string or a collection, before it is created.
   *
   * @throws Fault when the memory limit is exceeded.
   */
  take(bytes: number): void {
    this.#bytes += bytes;
    // Negated, so that NaN exceeds the limit.
    if (!(this.#bytes <= this.#most))
      throw new Fault(
        `evaluation exceeded the limit of ${this.#most} bytes; shorten the expression or the data it reads`,
      );
  }

  /** Counts a string of the given number of characters, before it is created. */
  takeText(length: number): void {
    this.take(2 * length);
  }
}
