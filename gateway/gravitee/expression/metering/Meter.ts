import { Fault } from "../errors/Fault";
import type { Bounds } from "./Bounds";

const TIMEOUT_MS = 50;
const BYTES = 16 * 1024 * 1024;

/** Number of steps that are expected to take at most one millisecond: a step is about a nanosecond of work. */
export const STEPS_PER_MS = 1_000_000;

/** Steps of one pass of a loop. */
const PASS = 64;

/** Number of steps between two readings of the clock. */
const BETWEEN_READINGS = 8_192;

/** An evaluation with fewer steps than this has done almost no work. The clock does not stop it: the machine was busy. */
const ALMOST_NO_STEPS = 65_536;

/** Share of the time limit that is left for the work until the next reading of the clock, and for garbage collection. */
const RESERVE = 0.2;

const steadyClock = (): number => performance.now();

/**
 * Measures the work, time and memory of evaluations, and stops them at their limits. Work is counted in steps, in proportion
 * to the characters, bytes and elements that it reads and creates, and always before it is done: a native call that would
 * exceed the time limit does not start. The clock is read every few steps as well, for a machine that is slower.
 */
export class Meter {
  readonly #clock: () => number;
  readonly #timeoutMs: number;
  readonly #mostSteps: number;
  readonly #mostBytes: number;
  #leftMs: number;
  #end = Infinity;
  #bytes = 0;
  #steps = 0;
  #nextReading = BETWEEN_READINGS;

  constructor(bounds: Bounds = {}) {
    this.#clock = bounds.clock ?? steadyClock;
    this.#timeoutMs = bounds.timeoutMs ?? TIMEOUT_MS;
    this.#mostSteps = this.#timeoutMs * STEPS_PER_MS;
    this.#mostBytes = bounds.bytes ?? BYTES;
    this.#leftMs = this.#timeoutMs;
  }

  /** Number of steps counted so far. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Runs an evaluation, or a part of one. The time limit is for all evaluations together, without the time between them; the
   * memory limit is for each.
   *
   * @throws Fault when a limit is exceeded.
   */
  run<Result>(work: () => Result): Result {
    if (this.#end !== Infinity) return work();
    this.#bytes = 0;
    const start = this.#clock();
    this.#end = start + this.#leftMs;
    try {
      return work();
    } finally {
      this.#leftMs = this.#end - this.#clock();
      this.#end = Infinity;
    }
  }

  /**
   * Counts work before it is done.
   *
   * @param steps - Its size, for example the number of characters that it reads.
   * @throws Fault when the time limit is exceeded, or would be.
   */
  charge(steps: number): void {
    this.#steps += steps;
    // Negated, so that NaN exceeds the limit.
    if (!(this.#steps < this.#nextReading)) this.#read(steps);
  }

  /** Counts one pass of a loop. Called in every loop whose length depends on the data. */
  step(): void {
    this.charge(PASS);
  }

  /**
   * Counts the bytes of a string or a collection, before it is created.
   *
   * @throws Fault when the memory limit is exceeded.
   */
  take(bytes: number): void {
    this.#takeBytes(bytes);
    this.charge(Math.max(bytes, 0));
  }

  /** Counts a string of the given number of characters, before it is created. */
  takeText(length: number): void {
    this.#takeBytes(2 * length);
    this.charge(Math.max(length, 0));
  }

  #takeBytes(bytes: number): void {
    this.#bytes += bytes;
    // Negated, so that NaN exceeds the limit.
    if (!(this.#bytes <= this.#mostBytes))
      throw new Fault(
        `evaluation exceeded the limit of ${this.#mostBytes} bytes; shorten the expression or the data it reads`,
      );
  }

  #read(ahead: number): void {
    this.#nextReading = this.#steps + BETWEEN_READINGS;
    const isOver =
      !(this.#steps <= this.#mostSteps) ||
      (this.#steps >= ALMOST_NO_STEPS &&
        this.#clock() + ahead / STEPS_PER_MS + RESERVE * this.#timeoutMs >
          this.#end);
    if (isOver)
      throw new Fault(
        `evaluation exceeded the limit of ${this.#timeoutMs} ms; shorten the expression or the data it reads`,
      );
  }
}
