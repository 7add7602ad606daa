import type { Readable } from "node:stream";
import { formatNumber } from "../../../src/internal";

/** A body is longer or shorter than its `Content-Length`, so that its receiver would look for the next message in the wrong place. */
export class BodyLengthError extends Error {
  override readonly name = "BodyLengthError";
}

/** What a body is sent with. */
export interface MeterOptions {
  /** Length that the head of the message announces, in bytes. `undefined` if it announces none. */
  readonly length?: number | undefined;

  /** Called with the length of each chunk. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** Measures the chunks of a stream while they are sent, and compares them with the announced length. */
export class BodyMeter {
  readonly #source: Readable;
  readonly #options: MeterOptions;
  #bytes = 0;

  constructor(source: Readable, options: MeterOptions) {
    this.#source = source;
    this.#options = options;
  }

  /**
   * The bytes of the next chunk.
   *
   * @throws An error if the chunk must not be sent.
   */
  take(chunk: unknown): Uint8Array {
    const bytes = toChunk(chunk, this.#source);
    const { length } = this.#options;
    this.#bytes += bytes.length;
    if (length !== undefined && this.#bytes > length)
      throw new BodyLengthError(
        `the body is longer than its Content-Length of ${formatNumber(length)} bytes; remove the header if the body has been decompressed or changed`,
      );
    this.#options.onBytes?.(bytes.length);
    return bytes;
  }

  /** @throws An error if the body has ended too early. */
  end(): void {
    const { length } = this.#options;
    if (length !== undefined && this.#bytes < length)
      throw new BodyLengthError(
        `the body ended after ${formatNumber(this.#bytes)} bytes, but its Content-Length is ${formatNumber(length)}`,
      );
  }
}

/**
 * The bytes of a chunk that a stream has emitted: a stream with an encoding emits strings.
 *
 * @throws A `TypeError` for a chunk of a stream in object mode.
 */
export function toChunk(chunk: unknown, source: Readable): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk === "string")
    return Buffer.from(chunk, source.readableEncoding ?? "utf8");
  throw new TypeError(
    "the stream of a body must emit strings or Uint8Arrays, not objects",
  );
}
