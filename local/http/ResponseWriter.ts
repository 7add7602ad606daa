import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import type { BodyWriter } from "./HttpResponse";

/** Writes a streamed body to the socket, with backpressure. */
export class ResponseWriter implements BodyWriter {
  #hasBegun = false;
  #drained: Promise<void> | undefined;

  /** Resolves when everything that was written has been flushed, or never will be. */
  flushed: Promise<void> = Promise.resolve();

  constructor(
    readonly response: ServerResponse,
    /** Writes the headers, before the first frame. */
    private readonly begin: () => void,
  ) {}

  write(frame: Uint8Array): Promise<void> {
    // Asynchronous: a function that writes endlessly would block the event loop.
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

  // Shared by all waiting writers instead of adding a listener for each.
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
