import { Writable } from "node:stream";
import { runtimeError } from "./describeError";
import { toWritable } from "../function/chunks";

/** Bytes that may be under way to the reader before the writer waits. */
const WINDOW_BYTES = 65_536;

/** What a streaming handler writes its answer to. */
export class ResponseStream extends Writable {
  private underWay = 0;
  private hasBegun = false;
  private goOn: (() => void) | undefined;

  /** Writes what comes before the first piece; set by `HttpResponseStream.from`, under the name it has there. */
  _onBeforeFirstWrite: ((write: (piece: unknown) => void) => void) | undefined;

  constructor(
    private readonly send: (piece: Uint8Array) => void,
    options: { readonly highWaterMark?: number | undefined } = {},
  ) {
    super(
      options.highWaterMark === undefined
        ? {}
        : { highWaterMark: options.highWaterMark },
    );
  }

  /** Whether the reader still has to take something. */
  get isUnderWay(): boolean {
    return this.underWay > 0;
  }

  /** Kept for handlers that say it: callers of the API never see it, only those of a function URL do. */
  setContentType(): void {
    if (this.hasBegun)
      throw runtimeError(
        "InvalidStreamingOperation",
        "Cannot set content-type, too late.",
      );
  }

  /** The reader has taken so many bytes. */
  taken(bytes: number): void {
    this.underWay -= bytes;
    const { goOn } = this;
    if (goOn === undefined || this.underWay >= WINDOW_BYTES) return;
    this.goOn = undefined;
    goOn();
  }

  override write(piece: unknown, ...rest: unknown[]): boolean {
    if (!this.hasBegun) {
      this.hasBegun = true;
      this._onBeforeFirstWrite?.((first) => super.write(toWritable(first)));
    }
    return super.write(toWritable(piece), ...(rest as [BufferEncoding]));
  }

  override _write(
    piece: Buffer,
    _encoding: BufferEncoding,
    done: () => void,
  ): void {
    if (piece.length > 0) {
      this.underWay += piece.length;
      // A copy travels: the writer may write into its bytes again.
      this.send(new Uint8Array(piece));
    }
    if (this.underWay < WINDOW_BYTES) done();
    else this.goOn = done;
  }
}
