import type { Clock } from "../connection/clock";

/**
 * How far a run has come, for a person to see.
 *
 * @example
 * await connector.invokeMany(
 *   { requests: [{ functionName: "price", payload: { sku: "A-17" } }] },
 *   { onProgress: ({ done, left, perSecond }) => console.log(done, left, perSecond) },
 * );
 */
export interface BatchProgress {
  /** Requests that are done, well or badly; what runs before this one did (`resumeFile`) among them. */
  readonly done: number;

  /** How many of these ended in an error. */
  readonly failed: number;

  /** Invocations that are in flight. */
  readonly inFlight: number;

  /** Requests still to be done. Absent: nobody knows how many there are, as the input is no array and no `Set`. */
  readonly left?: number;

  /** Requests done in a second, over the last 5 seconds; at the end, over the whole run. */
  readonly perSecond: number;

  /** How many may be in flight at this moment: less than was asked for while Lambda throttles. */
  readonly concurrency: number;
}

/** What is not counted here. */
export interface CurrentLoad {
  readonly inFlight: number;
  readonly concurrency: number;
}

/** Shortest time between two reports, in ms. */
const INTERVAL_MS = 100;

/** Over how much time the rate is taken, in ms. */
const WINDOW_MS = 5_000;

/** What a report needs to know. */
export interface ProgressMeterInit {
  readonly clock: Clock;
  readonly onProgress: (progress: BatchProgress) => void;
  /** Absent: unknown. */
  readonly total: number | undefined;
}

/** Counts, and reports not too often. */
export class ProgressMeter {
  readonly #reporting: ProgressMeterInit;
  readonly #startedAt: number;
  readonly #startedWith: number;
  readonly #samples: { readonly at: number; readonly done: number }[] = [];
  #reportedAt: number;
  #done: number;
  #failed: number;

  constructor(
    reporting: ProgressMeterInit,
    before: { readonly done: number; readonly failed: number },
  ) {
    this.#reporting = reporting;
    this.#done = this.#startedWith = before.done;
    this.#failed = before.failed;
    this.#startedAt = this.#reportedAt = reporting.clock.now();
    this.#samples.push({ at: this.#startedAt, done: this.#done });
  }

  /** One more is done. */
  count(error: unknown, gauges: CurrentLoad): void {
    this.#done++;
    if (error !== undefined) this.#failed++;
    const at = this.#reporting.clock.now();
    if (at - this.#reportedAt < INTERVAL_MS) return;
    const samples = this.#samples;
    samples.push({ at, done: this.#done });
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > WINDOW_MS)
      samples.shift();
    this.#report(at, samples[0] ?? { at, done: 0 }, gauges);
  }

  /** The last report. */
  end(gauges: CurrentLoad): void {
    const since = { at: this.#startedAt, done: this.#startedWith };
    this.#report(this.#reporting.clock.now(), since, gauges);
  }

  #report(
    at: number,
    since: { readonly at: number; readonly done: number },
    { inFlight, concurrency }: CurrentLoad,
  ): void {
    this.#reportedAt = at;
    const { total, onProgress } = this.#reporting;
    const done = this.#done;
    const seconds = (at - since.at) / 1_000;
    onProgress({
      done,
      failed: this.#failed,
      inFlight,
      ...(total !== undefined && { left: Math.max(0, total - done) }),
      perSecond: seconds > 0 ? (done - since.done) / seconds : 0,
      concurrency,
    });
  }
}
