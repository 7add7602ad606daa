import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often Node measures, in milliseconds. The measured values contain it. */
const RESOLUTION_MS = 10;

/** How long a measurement lasts, in milliseconds. */
const INTERVAL_MS = 1_000;

/** A measurement of Node: values in nanoseconds. */
export interface DelayHistogram {
  readonly mean: number;
  reset(): void;
  disable(): unknown;
}

/** What an {@link EventLoopDelay} measures with. */
export interface DelaySources {
  /** Starts a measurement. It keeps no process alive. */
  readonly start: () => DelayHistogram;

  /** Milliseconds since some time. */
  readonly now: () => number;
}

const NODE: DelaySources = {
  start: () => {
    const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    histogram.enable();
    return histogram;
  },
  now: () => performance.now(),
};

/** The delay of the event loop, measured while something uses it. */
export class EventLoopDelay {
  readonly #sources: DelaySources;
  readonly #users = new Set<object>();
  #histogram: DelayHistogram | undefined;
  #startedAt = 0;
  #delayMs = 0;

  constructor(sources: DelaySources = NODE) {
    this.#sources = sources;
  }

  /**
   * The mean delay of the last measurement, in milliseconds; 0 before the first one has ended. Measurements end when this is called, so
   * that no timer is needed.
   *
   * @param user - Measuring stops when all users have called {@link release}.
   */
  read(user: object): number {
    this.#users.add(user);
    const now = this.#sources.now();
    if (!this.#histogram) {
      this.#histogram = this.#sources.start();
      this.#startedAt = now;
    } else if (now - this.#startedAt >= INTERVAL_MS) {
      // The mean of no value is not a number.
      const mean = this.#histogram.mean / 1e6 || 0;
      this.#delayMs = Math.max(0, mean - RESOLUTION_MS);
      this.#histogram.reset();
      this.#startedAt = now;
    }
    return this.#delayMs;
  }

  /** The user no longer needs measurements. */
  release(user: object): void {
    this.#users.delete(user);
    if (this.#users.size > 0) return;
    this.#histogram?.disable();
    this.#histogram = undefined;
    this.#delayMs = 0;
  }
}

/** The delay that all steps of this process measure together. */
export const sharedEventLoopDelay = new EventLoopDelay();
