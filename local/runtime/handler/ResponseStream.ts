import { Writable } from "node:stream";
import { createRuntimeError } from "./describeError";
import { toWritable } from "../function/chunks";

/** Bytes that may be under way to the reader before the writer waits. */
const WINDOW_BYTES = 65_536;

/** What a streaming handler writes its result to. */
export class ResponseStream extends Writable {
  private unacknowledgedBytes = 0;
  private hasStarted = false;
  private resume: (() => void) | undefined;

  /** Writes what comes before the first chunk; set by `HttpResponseStream.from`, under the name it has there. */
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

  /** Whether the reader still has to writeChunk something. */
  get hasUnacknowledgedBytes(): boolean {
    return this.unacknowledgedBytes > 0;
  }

  /** Kept for handlers that say it: callers of the API never see it, only those of a function URL do. */
  setContentType(): void {
    if (this.hasStarted)
      throw createRuntimeError(
        "InvalidStreamingOperation",
        "Cannot set content-type, too late.",
      );
  }

  /** The reader has taken so many bytes. */
  acknowledge(bytes: number): void {
    this.unacknowledgedBytes -= bytes;
    const { resume: goOn } = this;
    if (goOn === undefined || this.unacknowledgedBytes >= WINDOW_BYTES) return;
    this.resume = undefined;
    goOn();
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
      // A copy travels: the writer may write into its bytes again.
      this.send(new Uint8Array(chunk));
    }
    if (this.unacknowledgedBytes < WINDOW_BYTES) done();
    else this.resume = done;
  }
}
