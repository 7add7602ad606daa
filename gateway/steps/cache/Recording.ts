import { Readable } from "node:stream";
import { ChunkList } from "../../../domain/ChunkList";
import { BodyMeter } from "../../http/body/BodyMeter";
import { createTruncationError } from "../../http/readUpTo";

/** Memory of a chunk besides its bytes, as long as it waits for the client. An origin can send a body byte by byte. */
const CHUNK_BYTES = 256;

/** Memory that all recordings of a cache use together, until their clients have read them. */
export class RecordingBudget {
  #bytes = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Counts bytes. Returns `false` if they exceed the limit; they are not counted then. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#bytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/**
 * The bytes of a body; or why they are not kept: the body is longer than the limit, or it did not arrive completely, or there is not enough
 * memory.
 */
export type RecordingResult = Uint8Array | "tooLong" | "incomplete";

/** How a body is recorded. */
export interface RecordingOptions {
  /** Longest body that is recorded, in bytes. */
  readonly limit: number;

  /** Length that the body must have, in bytes. `undefined` if it is not announced. */
  readonly length?: number | undefined;

  readonly budget: RecordingBudget;

  /** Whether nothing reads the stream. It is then destroyed when the recording ends. */
  readonly isUnread: boolean;

  /** Called once, as soon as the result is known. */
  readonly onEnd: (result: RecordingResult) => void;

  /** Releases the source if the reader leaves before its end. */
  readonly cancel: () => void;
}

/**
 * A stream that passes on another one, and keeps its bytes. While it records, it reads at the pace of the source, so that a client that
 * reads slowly does not delay others; a body that is too long is passed on at the pace of the client.
 */
export class Recording extends Readable {
  readonly #source: Readable;
  readonly #options: RecordingOptions;
  readonly #meter: BodyMeter;
  #chunks: ChunkList | undefined = new ChunkList();
  /** Memory that has been counted. */
  #taken = 0;

  constructor(source: Readable, options: RecordingOptions) {
    super();
    this.#source = source;
    this.#options = options;
    this.#meter = new BodyMeter(source, { length: options.length });
    source.on("data", this.#onData);
    source.once("end", this.#onEnd);
    source.once("error", this.#onError).once("close", this.#onClose);
    // A failure is reported by the reader of this stream, if there is one.
    this.on("error", () => undefined);
    if (options.isUnread) this.resume();
    if (source.readableEnded) this.#onEnd();
    else if (source.destroyed)
      this.destroy(source.errored ?? createTruncationError());
  }

  override _read(): void {
    this.#source.resume();
  }

  override _destroy(
    error: Error | null,
    done: (error?: Error | null) => void,
  ): void {
    const source = this.#source;
    source.off("data", this.#onData).off("end", this.#onEnd);
    source.off("error", this.#onError).off("close", this.#onClose);
    if (!source.readableEnded) {
      this.#finish("incomplete");
      this.#options.cancel();
    }
    // Until then, the bytes can be in the buffer of this stream, because its client reads slowly.
    this.#options.budget.release(this.#taken);
    this.#taken = 0;
    done(error);
  }

  readonly #onData = (chunk: unknown): void => {
    if (this.destroyed) return;
    try {
      const bytes = this.#meter.take(chunk);
      this.#record(bytes);
      if (!this.push(bytes) && !this.#chunks) this.#source.pause();
    } catch (error) {
      this.destroy(error as Error);
    }
  };

  #record(chunk: Uint8Array): void {
    if (!this.#chunks) return;
    const { limit, budget } = this.#options;
    const isTooLong = this.#chunks.length + chunk.length > limit;
    const memory = chunk.length + CHUNK_BYTES;
    if (isTooLong || !budget.take(memory)) {
      this.#finish(isTooLong ? "tooLong" : "incomplete");
      return;
    }
    this.#taken += memory;
    this.#chunks.push(chunk);
  }

  readonly #onEnd = (): void => {
    try {
      this.#meter.end();
    } catch (error) {
      this.#finish("incomplete");
      this.destroy(error as Error);
      return;
    }
    // A copy of its own: the list can use a part of a larger buffer.
    if (this.#chunks) this.#finish(new Uint8Array(this.#chunks.concat()));
    this.push(null);
  };

  readonly #onError = (error: Error): void => {
    this.destroy(error);
  };

  readonly #onClose = (): void => {
    // The reader of a complete body can still be busy.
    if (!this.#source.readableEnded) this.destroy(createTruncationError());
  };

  #finish(result: RecordingResult): void {
    if (!this.#chunks) return;
    this.#chunks = undefined;
    this.#options.onEnd(result);
    if (this.#options.isUnread && typeof result === "string") this.destroy();
  }
}
