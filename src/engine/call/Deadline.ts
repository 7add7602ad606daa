import type { Clock } from "../settings/clock";
import { onAbort, readAbortReason } from "./onAbort";

/** The time limit of a call and the caller's signal: whichever comes first ends the call early. */
export class Deadline {
  readonly #clock: Clock;
  readonly #endsAt: number;
  readonly #stopTimer: () => void;
  readonly #stopListening: (() => void) | undefined;
  readonly #callbacks: (() => void)[] = [];
  readonly #callerSignal: AbortSignal | undefined;
  #controller: AbortController | undefined;
  #reason: "timeout" | "aborted" | undefined;

  constructor(clock: Clock, timeoutMs: number, signal?: AbortSignal) {
    this.#clock = clock;
    this.#callerSignal = signal;
    this.#endsAt = clock.now() + timeoutMs;
    // Before the timer: a signal that is not a native one may throw, and the timer would stay.
    this.#stopListening =
      signal &&
      onAbort(signal, () => {
        this.#end("aborted");
      });
    this.#stopTimer = clock.after(timeoutMs, () => {
      this.#end("timeout");
    });
  }

  /** Why the call ended early. `undefined`: it did not. */
  get reason(): "timeout" | "aborted" | undefined {
    return this.#reason;
  }

  /** The reason of the caller's signal. `undefined`: the signal did not end the call. */
  get abortReason(): unknown {
    return this.#reason === "aborted" && this.#callerSignal
      ? readAbortReason(this.#callerSignal)
      : undefined;
  }

  /** Fires when the call ends early. Created on first use: signals are expensive. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason) this.#controller.abort();
    return this.#controller.signal;
  }

  /** Calls `end` when the call ends early. Returns a function that removes the callback. */
  readonly onEnd = (end: () => void): (() => void) => {
    if (this.#reason) end();
    else this.#callbacks.push(end);
    return () => {
      const index = this.#callbacks.lastIndexOf(end);
      if (index >= 0) this.#callbacks.splice(index, 1);
    };
  };

  /** Waits for a promise, but not beyond the end of the call. */
  within<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const stopWaiting = this.onEnd(() => {
        reject(new Error("the call was ended"));
      });
      work.then(
        (value) => {
          stopWaiting();
          resolve(value);
        },
        (error: unknown) => {
          stopWaiting();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- rethrown as it was thrown
          reject(error);
        },
      );
    });
  }

  /** Waits for `ms` and resolves with `true`; or resolves with `false` at once if the deadline comes first. */
  async pause(ms: number): Promise<boolean> {
    if (this.#clock.now() + ms >= this.#endsAt) return false;
    let stop: (() => void) | undefined;
    const elapsed = new Promise<void>((resolve) => {
      stop = this.#clock.after(ms, resolve);
    });
    try {
      await this.within(elapsed);
      return true;
    } finally {
      stop?.();
    }
  }

  /** Releases the timer and the caller's signal. */
  close(): void {
    this.#stopTimer();
    this.#stopListening?.();
  }

  #end(reason: "timeout" | "aborted"): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort();
    for (const end of [...this.#callbacks]) end();
  }
}
