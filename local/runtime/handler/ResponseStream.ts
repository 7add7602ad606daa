import { Writable } from "node:stream";
import { createRuntimeError } from "./describeError";
import { toWritable } from "../function/chunks";

/** Unacknowledged bytes at which the writer has to wait. */
const WINDOW_BYTES = 65_536;

/** The stream to which a streaming handler writes its response. */
export class ResponseStream extends Writable {
  private unacknowledgedBytes = 0;
  private hasStarted = false;
  private resume: (() => void) | undefined;

  /**
   * Writes the prelude before the first chunk. `HttpResponseStream.from` sets it; the name is the
   * one in Lambda's runtime.
   */
  _onBeforeFirstWrite: ((write: (chunk: unknown) => void) => void) | undefined;

  constructor(
    private readonly send: (chunk: Uint8Array) => void,
    options: { readonly highWaterMark?: number | undefined } = {},
  ) {
    super(
      options.highWaterMark === undefined
        ? {}
        : { highWaterMark: options.highWaterMark },
    );
  }

  /** Whether the reader has not received everything yet. */
  get hasUnacknowledgedBytes(): boolean {
    return this.unacknowledgedBytes > 0;
  }

  /**
   * Does nothing before the first write. Only function URLs use the content type, and they are not
   * embedded.
   */
  setContentType(): void {
    if (this.hasStarted)
      throw createRuntimeError(
        "InvalidStreamingOperation",
        "Cannot set content-type, too late.",
      );
  }

  /** Marks bytes as received by the reader. */
  acknowledge(bytes: number): void {
    this.unacknowledgedBytes -= bytes;
    const { resume } = this;
    if (resume === undefined || this.unacknowledgedBytes >= WINDOW_BYTES)
      return;
    this.resume = undefined;
    resume();
  }

  override write(chunk: unknown, ...rest: unknown[]): boolean {
    if (!this.hasStarted) {
      this.hasStarted = true;
      this._onBeforeFirstWrite?.((first) => super.write(toWritable(first)));
    }
    return super.write(toWritable(chunk), ...(rest as [BufferEncoding]));
  }

  override _write(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: () => void,
  ): void {
    if (chunk.length > 0) {
      this.unacknowledgedBytes += chunk.length;
      // Send a copy: the writer may reuse its buffer.
      this.send(new Uint8Array(chunk));
    }
    if (this.unacknowledgedBytes < WINDOW_BYTES) done();
    else this.resume = done;
  }
}
