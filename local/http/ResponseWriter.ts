import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import type { BodyWriter } from "./HttpResponse";

/** The socket of an answer that is made while it goes out; it takes no more than its reader does. */
export class ResponseWriter implements BodyWriter {
  #hasBegun = false;
  #drained: Promise<void> | undefined;

  /** Resolves when all that was written has left this process, or never will. */
  flushed: Promise<void> = Promise.resolve();

  constructor(
    readonly response: ServerResponse,
    /** Writes the head, when the first frame is there. */
    private readonly begin: () => void,
  ) {}

  write(frame: Uint8Array): Promise<void> {
    // Not at once: a function that writes without end would leave no time for anything else.
    if (this.response.destroyed) return setImmediate();
    this.#start();
    let sent = (): void => undefined;
    this.flushed = new Promise((resolve) => {
      sent = resolve;
    });
    return this.response.write(frame, () => {
      sent();
    })
      ? Promise.resolve()
      : this.#untilDrained();
  }

  end(frame: Uint8Array = new Uint8Array(0)): Promise<void> {
    if (this.response.destroyed) return Promise.resolve();
    this.#start();
    return new Promise((resolve) => {
      this.response.once("close", resolve);
      this.response.end(frame, resolve);
    });
  }

  #start(): void {
    if (!this.#hasBegun) this.begin();
    this.#hasBegun = true;
  }

  // One for all who wait, and not a listener for each.
  #untilDrained(): Promise<void> {
    this.#drained ??= new Promise((resolve) => {
      const done = (): void => {
        this.response.off("drain", done).off("close", done);
        this.#drained = undefined;
        resolve();
      };
      this.response.on("drain", done).on("close", done);
    });
    return this.#drained;
  }
}
