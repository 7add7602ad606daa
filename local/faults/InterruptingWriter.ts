import { setImmediate } from "node:timers/promises";
import type { BodyWriter } from "../http/HttpResponse";
import type { ResponseWriter } from "../http/ResponseWriter";
import type { Interruption } from "./Fault";

/** Writes the first frames of a streamed response and then interrupts it as a fault specifies. */
export class InterruptingWriter implements BodyWriter {
  #left: number;
  #isCut = false;

  constructor(
    private readonly inner: ResponseWriter,
    private readonly cut: Interruption,
  ) {
    this.#left = cut.frames ?? (cut.kind === "truncate" ? 1 : 0);
  }

  write(frame: Uint8Array): Promise<void> {
    if (this.#isCut || this.#waitsForEnd) return setImmediate();
    if (this.#left-- > 0) return this.inner.write(frame);
    return this.#breakOff(frame);
  }

  // The last frame is never sent; otherwise the response would be complete.
  end(frame: Uint8Array): Promise<void> {
    return this.#isCut ? Promise.resolve() : this.#breakOff(frame);
  }

  /** Whether the function runs to its end without a frame being sent. */
  get #waitsForEnd(): boolean {
    return this.cut.kind === "reset" && this.cut.frames === undefined;
  }

  async #breakOff(frame: Uint8Array): Promise<void> {
    this.#isCut = true;
    const { inner, cut } = this;
    if (cut.kind === "truncate")
      await inner.end(
        cut.at === "frame-end"
          ? undefined
          : frame.subarray(0, frame.length / 2),
      );
    if (cut.kind === "garbage") await inner.end(corruptChecksum(frame));
    if (cut.kind === "reset") {
      await inner.flushed;
      inner.response.socket?.resetAndDestroy();
    }
  }
}

/** Returns the frame with an invalid checksum. */
function corruptChecksum(frame: Uint8Array): Uint8Array {
  return frame.map((byte, index) =>
    index === frame.length - 1 ? byte ^ 0xff : byte,
  );
}
