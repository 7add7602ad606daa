import type { Readable } from "node:stream";

/** Bytes of a request body that are discarded before, and again after the response. Most clients have sent the rest by then. */
const MAX_BYTES = 1_048_576;

/** Time for the rest of a request body after the response, in milliseconds. The same as nginx's `lingering_timeout`. */
const MAX_MS = 5_000;

/**
 * Discards the rest of a request body that no one will read, because the next request on the connection comes after it. A client
 * could send it forever, so its bytes are limited, and its time once the response has been sent.
 */
export class Discard {
  readonly #source: Readable;
  readonly #close: () => void;
  #bytesLeft = MAX_BYTES;
  #isStarted = false;
  #isResponseSent = false;
  #isCut = false;
  #isComplete = false;

  /** @param close - Closes the connection. Called only after {@link Discard.end}. */
  constructor(source: Readable, close: () => void) {
    this.#source = source;
    this.#close = close;
  }

  /** Starts to discard the body, unless something reads it. At the limit, it stops reading: the client has to wait. */
  start(): void {
    const source = this.#source;
    if (this.#isCut) return;
    if (source.listenerCount("data") + source.listenerCount("readable") > 0)
      return;
    this.#isStarted = true;
    source.on("error", () => undefined).on("data", this.#onData);
    // Marks the stream as used: Node discards an unused one itself, without a limit.
    source.read(0);
    source.resume();
    if (this.#isResponseSent) this.#limitTime();
  }

  /**
   * The body has failed: discards its bytes where they arrive, so that what has read it receives no more. The connection is closed after
   * the response.
   */
  cut(): void {
    this.#isCut = true;
    this.#isStarted = true;
    this.#source.push = (chunk: Uint8Array | null): boolean => {
      if (chunk) {
        this.#count(chunk);
        return this.#bytesLeft >= 0;
      }
      this.#isComplete = true;
      if (this.#isResponseSent) this.#close();
      return false;
    };
  }

  /** The response has been sent: closes the connection unless the body ends soon. No effect if something else reads it. */
  end(): void {
    this.#isResponseSent = true;
    if (this.#isStarted) this.#limitTime();
  }

  #limitTime(): void {
    const source = this.#source;
    if (this.#isComplete) this.#close();
    const isOver = source.readableEnded || source.destroyed;
    if (this.#isCut ? this.#isComplete : isOver) return;
    this.#bytesLeft = MAX_BYTES;
    source.resume();
    const timer = setTimeout(this.#close, MAX_MS);
    timer.unref();
    const stop = (): void => {
      clearTimeout(timer);
    };
    source.once("end", stop).once("close", stop);
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this.#count(chunk);
    if (this.#bytesLeft < 0) this.#source.pause();
  };

  #count(chunk: Uint8Array): void {
    this.#bytesLeft -= chunk.length;
    if (this.#bytesLeft < 0 && this.#isResponseSent) this.#close();
  }
}

/** Discards a limited part of a request body, unless something reads it. The host of the stream closes its connection. */
export function drain(source: Readable): void {
  new Discard(source, () => undefined).start();
}
