/** Limits concurrent requests. A request can leave the queue, unlike the queue of Node's agent, which keeps aborted requests. */
export class ConcurrencyLimit {
  readonly #max: number;
  readonly #queue = new Set<() => void>();
  #active = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** The number of queued requests. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Whether no request is active or queued. */
  get isIdle(): boolean {
    return this.#active === 0 && this.#queue.size === 0;
  }

  /**
   * Calls `start` as soon as the limit permits, at once if possible. Returns a function that removes `start` from the queue.
   * Each call of `start` needs one call of `release`.
   */
  acquire(start: () => void): () => void {
    if (this.#active < this.#max) {
      this.#active++;
      start();
    } else this.#queue.add(start);
    return () => this.#queue.delete(start);
  }

  /** Ends an active request and starts the one that has waited longest. */
  release(): void {
    const [next] = this.#queue;
    if (!next) {
      this.#active--;
      return;
    }
    this.#queue.delete(next);
    next();
  }
}
