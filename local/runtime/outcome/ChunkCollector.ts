import { setImmediate } from "node:timers/promises";
import type { InvocationOutcome } from "../function/FunctionRuntime";
import { MAX_ANSWER_BYTES, withinLimit } from "./platformErrors";
import type { TakePiece } from "../function/chunks";

/** Joins a streamed answer for a caller who wants it whole. */
export class JoinedPieces {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;

  readonly take: TakePiece = async (piece) => {
    this.length += piece.byteLength;
    // Too large already: what follows is not kept.
    if (this.length > MAX_ANSWER_BYTES + piece.byteLength)
      return setImmediate();
    this.pieces.push(new Uint8Array(piece));
    return Promise.resolve();
  };

  /** How the invocation ended, with all that was written as its answer. */
  complete(outcome: InvocationOutcome): InvocationOutcome {
    if (this.length === 0 || outcome.functionError !== undefined)
      return outcome;
    const { payload, errorType } = withinLimit({
      payload: Buffer.concat(this.pieces),
    });
    return errorType === undefined
      ? { ...outcome, payload }
      : { ...outcome, payload, functionError: "Unhandled" };
  }
}
