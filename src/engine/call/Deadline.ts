import type { Clock } from "../connection/clock";
import { onAbort } from "./onAbort";

/** When a call is over at the latest, and who is to be told if that comes before its answer. */
export class Deadline {
  readonly #clock: Clock;
  readonly #at: number;
  readonly #stopTimer: () => void;
  readonly #stopListening: (() => void) | undefined;
  readonly #waiting: (() => void)[] = [];
  #controller: AbortController | undefined;
  #reason: "timeout" | "aborted" | undefined;

  constructor(clock: Clock, timeoutMs: number, signal?: AbortSignal) {
    this.#clock = clock;
    this.#at = clock.now() + timeoutMs;
    // First: a signal of somebody's own making may throw, and a timer would be left behind.
    this.#stopListening =
      signal &&
      onAbort(signal, () => {
        this.#end("aborted");
      });
    this.#stopTimer = clock.after(timeoutMs, () => {
      this.#end("timeout");
    });
  }

  /** Why the call was ended before its time. Absent: it was not. */
  get reason(): "timeout" | "aborted" | undefined {
    return this.#reason;
  }

  /** Fires when the call is ended before its time. Made for who asks for it: a signal is dear. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls back when the call is ended before its time, unless what it answers is called before. */
  readonly onEnd = (end: () => void): (() => void) => {
    if (this.#reason) end();
    else this.#waiting.push(end);
    return () => {
      const index = this.#waiting.lastIndexOf(end);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
  };

  /** Waits for something, but not beyond the end of the call. */
  within<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const forget = this.onEnd(() => {
        reject(new Error("the call was ended"));
      });
      work.then(
        (value) => {
          forget();
          resolve(value);
        },
        (error: unknown) => {
          forget();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it was thrown
          reject(error);
        },
      );
    });
  }

  /** Lets time pass; `false`, at once, where the call would be over by then. */
  async pause(ms: number): Promise<boolean> {
    if (this.#clock.now() + ms >= this.#at) return false;
    let stop: (() => void) | undefined;
    const over = new Promise<void>((resolve) => {
      stop = this.#clock.after(ms, resolve);
    });
    try {
      await this.within(over);
      return true;
    } finally {
      stop?.();
    }
  }

  /** The answer is there: lets go of the timer and the caller's signal. */
  close(): void {
    this.#stopTimer();
    this.#stopListening?.();
  }

  #end(reason: "timeout" | "aborted"): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort();
    for (const end of [...this.#waiting]) end();
  }
}
