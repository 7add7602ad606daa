/** What is still to happen after an answer, or before one; all of it ends with the server. */
export class Timers {
  readonly #waits = new Map<NodeJS.Timeout, (elapsed: false) => void>();
  #isOver = false;

  /** Waits; `false` when the server was closed meanwhile. */
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

  /** Ends every wait. */
  cancelAll(): void {
    this.#isOver = true;
    for (const [timer, resolve] of this.#waits) {
      clearTimeout(timer);
      resolve(false);
    }
    this.#waits.clear();
  }
}
