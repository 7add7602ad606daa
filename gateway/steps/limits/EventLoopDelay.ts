/** How often the time of the event loop is noted, in milliseconds. A loop that is not late takes as long from one note to the next. */
const RESOLUTION_MS = 20;

/** How long a measurement lasts, in milliseconds. */
const INTERVAL_MS = 1_000;

/** What an {@link EventLoopDelay} measures with. */
export interface DelaySources {
  /** Calls the function each time that so many milliseconds have passed. Returns a function that stops it. It keeps no process alive. */
  readonly repeat: (tick: () => void, ms: number) => () => void;

  /** Milliseconds since some time. */
  readonly now: () => number;
}

const NODE: DelaySources = {
  repeat: (tick, ms) => {
    const timer = setInterval(tick, ms).unref();
    return () => {
      clearInterval(timer);
    };
  },
  now: () => performance.now(),
};

/**
 * The delay of the event loop, measured while something uses it: for how long, on average over time, the loop has been busy with one thing.
 * A block of a second counts as much as it delays requests, and also while other requests that arrived during it are handled.
 */
export class EventLoopDelay {
  readonly #sources: DelaySources;
  readonly #users = new Set<object>();
  #stop: (() => void) | undefined;
  #startedAt = 0;
  #tickAt = 0;

  /** Sum of the squares of the times between two ticks: each is weighted with how long it lasted. */
  #squares = 0;
  #delayMs = 0;

  constructor(sources: DelaySources = NODE) {
    this.#sources = sources;
  }

  /**
   * The mean delay of the last measurement, in milliseconds; 0 before the first one has ended. Measurements last at least a second, and
   * end when this is called.
   *
   * @param user - Measuring stops when all users have called {@link release}.
   */
  read(user: object): number {
    this.#users.add(user);
    const now = this.#sources.now();
    if (!this.#stop) this.#start(now);
    else if (now - this.#startedAt >= INTERVAL_MS) {
      this.#tick();
      const mean = this.#squares / (now - this.#startedAt);
      this.#delayMs = Math.max(0, mean - RESOLUTION_MS);
      this.#startedAt = now;
      this.#squares = 0;
    }
    return this.#delayMs;
  }

  /** The user no longer needs measurements. */
  release(user: object): void {
    this.#users.delete(user);
    if (this.#users.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
    this.#delayMs = 0;
  }

  #start(now: number): void {
    this.#startedAt = this.#tickAt = now;
    this.#squares = 0;
    this.#stop = this.#sources.repeat(() => {
      this.#tick();
    }, RESOLUTION_MS);
  }

  #tick(): void {
    const now = this.#sources.now();
    this.#squares += (now - this.#tickAt) ** 2;
    this.#tickAt = now;
  }
}

/** The delay that all steps of this process measure together. */
export const sharedEventLoopDelay = new EventLoopDelay();
