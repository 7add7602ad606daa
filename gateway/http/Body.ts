import { Readable } from "node:stream";
import { sharedBodyMemory } from "./bodyMemory";
import { BodyReadError } from "./BodyReadError";
import type { BodyOptions } from "./body/BodyOptions";
import type { BodySource } from "./body/BodySource";
import { findSizeProblem, watchInflow, type InflowLimits } from "./watchInflow";
import type { RequestError } from "./RequestError";
import { toSource } from "./body/toSource";
import { readUpTo } from "./readUpTo";
import { takeBufferedBytes } from "./takeBufferedBytes";
import { nodeHttp } from "../../src/internal";

/**
 * The body of a message. It streams through the gateway, unless a step reads it; reading needs a size limit.
 *
 * @example
 * const bytes = await exchange.request.body.read(64 * 1024);
 * console.log(bytes ? `${bytes.length} bytes` : "larger than 64 KiB");
 *
 * @category Gateway
 */
export class Body {
  #source: BodySource | (() => Readable);
  readonly #discardStream: (source: Readable) => void;
  readonly #discardUnopened: (() => void) | undefined;
  readonly #failStream: (source: Readable, error: Error) => void;
  #readError: Error | undefined;
  #limits: InflowLimits | undefined;
  #endWatch: () => void = () => undefined;
  #lengthAtLeast = 0;
  /** Bytes that the longest read has taken, and bytes that have been sent. */
  #bytesTaken = 0;
  #bytesSent = 0;
  /** Bytes counted in the body memory. */
  #counted = 0;
  #isReleased = false;
  /** Whether the stream is being sent, or has been. */
  #isClaimed = false;
  /** The read in progress. Two at once would each get a part of the bytes. */
  #reading: Promise<unknown> | undefined;

  /** Length in bytes. `undefined` if it is not known before the stream ends. */
  readonly length: number | undefined;

  /** Returns the trailers, as name, value, name, value. They are complete after the body has been read. */
  readonly trailers: () => readonly string[];

  /** Why the bytes are no longer available. `undefined` if they are. */
  get readError(): Error | undefined {
    return this.#readError;
  }

  /**
   * Creates a body.
   *
   * @param source - The bytes, a stream, or a function that opens a stream when the body is first used. Defaults to an empty body.
   * @param options - What else is known about the body.
   */
  constructor(
    source?: Uint8Array | Readable | (() => Readable),
    options: BodyOptions = {},
  ) {
    this.#source =
      typeof source === "function" ? source : toSource(source, "source");
    this.length =
      source === undefined && !options.readError
        ? 0
        : source instanceof Uint8Array
          ? source.length
          : options.length;
    this.trailers = options.trailers ?? (() => []);
    this.#readError = options.readError;
    this.#failStream =
      options.failStream ?? ((stream, error) => stream.destroy(error));
    this.#discardUnopened = options.discardUnopened;
    this.#discardStream =
      options.discardStream ?? ((stream) => stream.destroy());
  }

  /** The bytes or the stream. A stream can be read only once. */
  get source(): BodySource {
    if (typeof this.#source === "function") {
      const stream = toSource(this.#source(), "the result of source");
      this.#source = stream;
      if (stream instanceof Readable) this.#watchInflow(stream);
    }
    return this.#source;
  }

  /**
   * Limits a body that the client is still sending. If it exceeds a limit, whatever reads it fails, and later reads too.
   *
   * @returns Why the body exceeds a limit already.
   * @internal
   */
  limit(limits: InflowLimits): RequestError | undefined {
    const problem = findSizeProblem(this.#source, this.length, limits);
    if (problem) return problem;
    this.#limits = limits;
    if (this.#source instanceof Readable) this.#watchInflow(this.#source);
    return undefined;
  }

  #watchInflow(source: Readable): void {
    if (!this.#limits || this.#isReleased) return;
    this.#endWatch = watchInflow(source, this.#limits, (error) => {
      this.#readError = error;
      this.#failStream(source, error);
    });
  }

  /** Bytes that steps have read or that have been sent on. Those that were both read and sent count once. */
  get bytesRead(): number {
    return Math.max(this.#bytesTaken, this.#bytesSent);
  }

  /**
   * Counts bytes that are being sent.
   *
   * @internal
   */
  countSent(bytes: number): void {
    this.#bytesSent += bytes;
  }

  /**
   * Claims the body for one message. Bytes can be sent any number of times, a stream only once.
   *
   * @throws Why the stream cannot be sent.
   * @internal
   */
  claim(): void {
    const { source } = this;
    if (!(source instanceof Readable)) return;
    if (source.errored) throw source.errored;
    if (this.#isClaimed || source.readableEnded || source.destroyed)
      throw new BodyReadError(
        "the stream of the body has been used or closed; create a stream for each response",
      );
    this.#isClaimed = true;
  }

  /** Whether the body is a stream that has not been opened yet. */
  get isUnopened(): boolean {
    return typeof this.#source === "function";
  }

  /**
   * Reads the whole body. The body can still be sent or read again afterwards.
   *
   * @param limit - Maximum length, in bytes.
   * @param options - `signal` aborts the read; the bytes read so far are kept in the stream.
   * @returns The bytes, or `undefined` if the body is longer than `limit`. A longer body still streams through unchanged.
   * @throws {@link BodyMemoryError} if the bodies of all exchanges would exceed the limit of {@link bodyMemory}.
   */
  async read(
    limit: number,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Uint8Array | undefined> {
    while (this.#reading) await this.#reading.catch(() => undefined);
    const reading = this.#read(limit, options.signal);
    this.#reading = reading;
    try {
      return await reading;
    } finally {
      this.#reading = undefined;
    }
  }

  async #read(
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array | undefined> {
    if (this.readError) throw this.readError;
    // A body that was longer than an earlier limit has been sent on by now: its rest must not be mistaken for the whole.
    if ((this.length ?? this.#lengthAtLeast) > limit) return undefined;
    // Bytes that arrived with the headers are readable in the next microtask. Other streams could fail unnoticed in the meantime.
    if (this.#source instanceof nodeHttp.IncomingMessage)
      await Promise.resolve();
    const isStream = this.#source instanceof Readable;
    const source = takeBufferedBytes(this);
    if (source === undefined) return new Uint8Array();
    if (!(source instanceof Readable)) {
      this.#source = source;
      if (isStream) this.#count(source.length);
      this.#bytesTaken = source.length;
      return source.length > limit ? undefined : source;
    }
    // Bytes that an earlier read has put back are counted again.
    this.#uncount();
    let taken = 0;
    const onBytes = (length: number): void => {
      taken += length;
      this.#bytesTaken = Math.max(this.#bytesTaken, taken);
      this.#count(length);
    };
    const bytes = await readUpTo(source, { limit, signal, onBytes });
    if (bytes) this.#source = bytes;
    else this.#lengthAtLeast = limit + 1;
    return bytes;
  }

  /** Releases the memory and the stream of a body that will not be read. */
  discard(): void {
    this.release();
    if (this.isUnopened) this.#discardUnopened?.();
    if (this.#source instanceof Readable) this.#discardStream(this.#source);
  }

  /** Releases the memory of a body that is no longer needed. */
  release(): void {
    this.#isReleased = true;
    this.#endWatch();
    this.#uncount();
  }

  #uncount(): void {
    sharedBodyMemory.release(this.#counted);
    this.#counted = 0;
  }

  #count(bytes: number): void {
    // The exchange has ended, so nothing would release them again.
    if (this.#isReleased) return;
    sharedBodyMemory.take(bytes);
    this.#counted += bytes;
  }
}
