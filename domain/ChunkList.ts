/** Chunks shorter than this are copied together: each chunk needs a few hundred bytes of its own, however short it is. */
const SMALL_BYTES = 1_024;

/** Largest buffer for small chunks. */
const MAX_TAIL_BYTES = 65_536;

/** The chunks of a body that is being read. A peer can send a body byte by byte, so short chunks are joined as they arrive. */
export class ChunkList {
  readonly #chunks: Uint8Array[] = [];
  #tail: Uint8Array | undefined;
  /** Bytes of the tail that are used. */
  #used = 0;
  #length = 0;

  /** Number of bytes. */
  get length(): number {
    return this.#length;
  }

  /** Number of buffers that are kept. */
  get size(): number {
    return this.#chunks.length + (this.#tail ? 1 : 0);
  }

  /** Adds a chunk. It is kept or copied. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const isFirst = this.#length === 0;
    this.#length += chunk.length;
    // Most bodies are a single chunk.
    if (isFirst || chunk.length >= SMALL_BYTES) {
      this.#endTail();
      this.#chunks.push(chunk);
      return;
    }
    if (!this.#tail || this.#tail.length - this.#used < chunk.length) {
      this.#endTail();
      this.#tail = Buffer.allocUnsafeSlow(
        Math.min(Math.max(this.#length, SMALL_BYTES), MAX_TAIL_BYTES),
      );
    }
    this.#tail.set(chunk, this.#used);
    this.#used += chunk.length;
  }

  /** All bytes in one buffer. */
  concat(): Buffer {
    this.#endTail();
    return Buffer.concat(this.#chunks, this.#length);
  }

  #endTail(): void {
    if (!this.#tail) return;
    const bytes = this.#tail.subarray(0, this.#used);
    // An unused rest is not kept.
    const isFull = 2 * this.#used >= this.#tail.length;
    this.#chunks.push(isFull ? bytes : Uint8Array.from(bytes));
    this.#tail = undefined;
    this.#used = 0;
  }
}
