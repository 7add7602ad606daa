import type { Clock } from "../settings/clock";
import type { BatchProgress } from "./BatchProgress";

/** The fields of a report that the meter does not count itself. */
export type CurrentLoad = Pick<BatchProgress, "inFlight" | "concurrency">;

/** Minimum time between two reports. */
const INTERVAL_MS = 100;

/** Period over which the rate is measured. */
const WINDOW_MS = 5_000;

/** What a meter is created from. */
export interface ProgressMeterInit {
  readonly clock: Clock;
  readonly onProgress: (progress: BatchProgress) => void;
  /** Number of requests. `undefined`: unknown. */
  readonly total: number | undefined;
}

/** How many requests were completed at a point in time. */
interface Sample {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly done: number;
}

/** Counts completed requests, and reports progress at most every 100 ms. */
export class ProgressMeter {
  readonly #init: ProgressMeterInit;
  readonly #start: Sample;
  readonly #samples: Sample[];
  #reportedAt: number;
  #done: number;
  #failed: number;

  /** @param previous - The counts of previous runs. */
  constructor(
    init: ProgressMeterInit,
    previous: Pick<BatchProgress, "done" | "failed">,
  ) {
    this.#init = init;
    this.#done = previous.done;
    this.#failed = previous.failed;
    this.#reportedAt = init.clock.now();
    this.#start = { time: this.#reportedAt, done: this.#done };
    this.#samples = [this.#start];
  }

  /** Counts a completed request. */
  count(error: unknown, load: CurrentLoad): void {
    this.#done++;
    if (error !== undefined) this.#failed++;
    const time = this.#init.clock.now();
    if (time - this.#reportedAt < INTERVAL_MS) return;
    const samples = this.#samples;
    samples.push({ time, done: this.#done });
    while (samples.length > 2 && time - (samples[0]?.time ?? time) > WINDOW_MS)
      samples.shift();
    this.#report(time, samples[0] ?? { time, done: 0 }, load);
  }

  /** Sends the last report. */
  end(load: CurrentLoad): void {
    this.#report(this.#init.clock.now(), this.#start, load);
  }

  #report(
    time: number,
    since: Sample,
    { inFlight, concurrency }: CurrentLoad,
  ): void {
    this.#reportedAt = time;
    const { total, onProgress } = this.#init;
    const done = this.#done;
    const seconds = (time - since.time) / 1_000;
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
