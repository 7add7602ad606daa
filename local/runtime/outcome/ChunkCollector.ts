import { setImmediate } from "node:timers/promises";
import type { InvocationOutcome } from "../function/FunctionRuntime";
import { MAX_RESPONSE_BYTES, limitSize } from "./platformErrors";
import type { WriteChunk } from "../function/chunks";

/** Joins a streamed result for a caller who wants it whole. */
export class ChunkCollector {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  readonly write: WriteChunk = async (chunk) => {
    this.length += chunk.byteLength;
    // Too large already: what follows is not kept.
    if (this.length > MAX_RESPONSE_BYTES + chunk.byteLength)
      return setImmediate();
    this.chunks.push(new Uint8Array(chunk));
    return Promise.resolve();
  };

  /** How the invocation ended, with all that was written as its result. */
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
