/** Delays that end when the server is closed. */
export class Timers {
  readonly #waits = new Map<NodeJS.Timeout, (elapsed: false) => void>();
  #isOver = false;

  /** Waits. Resolves to `false` if the server was closed in the meantime. */
  wait(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#isOver) {
        resolve(false);
        return;
      }
      const timer = setTimeout(() => {
        this.#waits.delete(timer);
        resolve(true);
      }, ms);
      this.#waits.set(timer, resolve);
    });
  }

  /** Ends all delays. */
  cancelAll(): void {
    this.#isOver = true;
    for (const [timer, resolve] of this.#waits) {
      clearTimeout(timer);
      resolve(false);
    }
    this.#waits.clear();
  }
}
