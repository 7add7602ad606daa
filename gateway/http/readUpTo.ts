import type { Readable } from "node:stream";
import { ChunkList } from "../../domain/ChunkList";
import { toChunk } from "./body/BodyMeter";

/** Options for reading a stream. */
export interface ReadOptions {
  /** Maximum length, in bytes. */
  readonly limit: number;

  /** Aborts the read. */
  readonly signal?: AbortSignal | undefined;

  /** Called with the length of each chunk. An error that it throws ends the read. */
  readonly onBytes?: (length: number) => void;
}

/**
 * Reads a stream to its end. If it is longer than the limit, or the read is aborted, or `onBytes` throws, the bytes are put back, so
 * that the stream can be read from its start again.
 *
 * @returns The bytes, or `undefined` if there are more than `limit`.
 */
export function readUpTo(
  source: Readable,
  options: ReadOptions,
): Promise<Uint8Array | undefined> {
  if (source.readableEnded) return Promise.resolve(new Uint8Array());
  if (source.destroyed)
    return Promise.reject(source.errored ?? createTruncationError());
  return new Promise((resolve, reject) => {
    new Read(source, options, { resolve, reject }).start();
  });
}

interface Settlement {
  readonly resolve: (bytes: Uint8Array | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** One read of a stream, from its first event to its end, the limit, an error or an abort. */
class Read {
  readonly #chunks = new ChunkList();
  readonly #source: Readable;
  readonly #options: ReadOptions;
  readonly #settlement: Settlement;

  constructor(source: Readable, options: ReadOptions, settlement: Settlement) {
    this.#source = source;
    this.#options = options;
    this.#settlement = settlement;
  }

  start(): void {
    if (this.#options.signal?.aborted) {
      this.#onAbort();
      return;
    }
    this.#options.signal?.addEventListener("abort", this.#onAbort);
    this.#source.on("end", this.#onEnd).on("error", this.#onError);
    this.#source.on("close", this.#onClose).on("readable", this.#onReadable);
  }

  readonly #onReadable = (): void => {
    let chunk: unknown;
    while ((chunk = this.#source.read() as unknown) !== null) {
      if (!this.#take(chunk)) return;
      if (this.#chunks.length <= this.#options.limit) continue;
      this.#putBack();
      this.#settle(() => {
        this.#settlement.resolve(undefined);
      });
      return;
    }
  };

  /** Returns `false` if the read has ended, because the chunk is not bytes, or because `onBytes` threw. */
  #take(chunk: unknown): boolean {
    try {
      const bytes = toChunk(chunk, this.#source);
      this.#chunks.push(bytes);
      this.#options.onBytes?.(bytes.length);
      return true;
    } catch (error) {
      this.#putBack();
      this.#onError(error as Error);
      return false;
    }
  }

  readonly #onEnd = (): void => {
    this.#settle(() => {
      this.#settlement.resolve(this.#chunks.concat());
    });
  };

  readonly #onError = (error: Error): void => {
    this.#settle(() => {
      this.#settlement.reject(error);
    });
  };

  readonly #onClose = (): void => {
    this.#onError(createTruncationError());
  };

  readonly #onAbort = (): void => {
    this.#putBack();
    this.#onError(this.#options.signal?.reason as Error);
  };

  #putBack(): void {
    if (this.#chunks.length > 0) this.#source.unshift(this.#chunks.concat());
  }

  #settle(report: () => void): void {
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#source.off("readable", this.#onReadable).off("end", this.#onEnd);
    this.#source.off("error", this.#onError).off("close", this.#onClose);
    // The stream flows for its next reader only after it has noticed that the `readable` listener is gone.
    process.nextTick(report);
  }
}

/** The error of a body that its sender has not finished. */
export const createTruncationError = (): Error =>
  new Error("the connection closed before the body was complete");

/** Whether a stream ends without a byte. Its first bytes can still be read afterwards. */
export const isEmptyStream = async (source: Readable): Promise<boolean> =>
  (await readUpTo(source, { limit: 0 })) !== undefined;
