import { ROWS, SidecarError } from "./SidecarError";

/** The time that a point has: lookups, what the origin still sends and the function share it. A client takes none of it. */
export class Allowance {
  #leftMs: number;

  constructor(ms: number) {
    this.#leftMs = ms;
  }

  /** What is left of it, in whole ms, 1 at least. */
  get leftMs(): number {
    return Math.max(1, Math.ceil(this.#leftMs));
  }

  /**
   * Waits for that, as long as there is time.
   *
   * @param work - Is told when there is none left.
   * @throws {@link SidecarError} then, by the vendor's row for time-outs.
   */
  async within<T>(work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    const late = new AbortController();
    const begun = performance.now();
    let timer: NodeJS.Timeout | undefined;
    try {
      const worked = work(late.signal);
      if (!isThenable(worked)) return worked;
      const ended = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          const error = new SidecarError(ROWS.timeout());
          late.abort(error);
          reject(error);
        }, this.leftMs);
      });
      return await Promise.race([worked, ended]);
    } finally {
      clearTimeout(timer);
      this.#leftMs -= performance.now() - begun;
    }
  }
}

const isThenable = <T>(worked: T | Promise<T>): worked is Promise<T> =>
  typeof (worked as Partial<Promise<T>> | undefined)?.then === "function";
