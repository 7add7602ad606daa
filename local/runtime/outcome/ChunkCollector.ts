import { setImmediate } from "node:timers/promises";
import { MAX_RESPONSE_BYTES, limitSize } from "./platformErrors";
import type { WriteChunk } from "../function/chunks";
import type { InvocationOutcome } from "../function/Invocation";

/** Joins a streamed response for a caller that wants it as a whole. */
export class ChunkCollector {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  readonly write: WriteChunk = async (chunk) => {
    this.length += chunk.byteLength;
    // Already too large: discard the rest.
    if (this.length > MAX_RESPONSE_BYTES + chunk.byteLength)
      return setImmediate();
    this.chunks.push(new Uint8Array(chunk));
    return Promise.resolve();
  };

  /** Returns the outcome with everything that was streamed as its payload. */
  complete(outcome: InvocationOutcome): InvocationOutcome {
    if (this.length === 0 || outcome.functionError !== undefined)
      return outcome;
    const { payload, errorType } = limitSize({
      payload: Buffer.concat(this.chunks),
    });
    return errorType === undefined
      ? { ...outcome, payload }
      : { ...outcome, payload, functionError: "Unhandled" };
  }
}
