import { SIDECAR_ERRORS, SidecarError } from "../errors/SidecarError";

/**
 * The time that one point may take: EAV lookups, the rest of the origin's response and the function share it. Reading the
 * client's request body does not use it.
 */
export class TimeBudget {
  #remainingMs: number;

  constructor(ms: number) {
    this.#remainingMs = ms;
  }

  /** What remains, in whole milliseconds, at least 1. */
  get remainingMs(): number {
    return Math.max(1, Math.ceil(this.#remainingMs));
  }

  /**
   * Runs work within the remaining time, and deducts the time it takes.
   *
   * @param work - Receives a signal that fires when the time is up.
   * @throws {@link SidecarError} with Boomi's timeout error when the time is up.
   */
  async run<T>(work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    const timeout = new AbortController();
    const startedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    try {
      const result = work(timeout.signal);
      if (!isThenable(result)) return result;
      const expired = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          const error = new SidecarError(SIDECAR_ERRORS.timeout());
          timeout.abort(error);
          reject(error);
        }, this.remainingMs);
      });
      return await Promise.race([result, expired]);
    } finally {
      clearTimeout(timer);
      this.#remainingMs -= performance.now() - startedAt;
    }
  }
}

const isThenable = <T>(result: T | Promise<T>): result is Promise<T> =>
  typeof (result as Partial<Promise<T>> | undefined)?.then === "function";
