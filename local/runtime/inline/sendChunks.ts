import type { Answer } from "../messages/messages";
import { toBytes, type TakePiece } from "../function/chunks";
import { toAnswer, toFailure } from "../handler/toHandlerResult";

/** Whether an inline handler answers piece by piece: it returned what an async generator function returns. */
export function isPieces(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === "object" && value !== null && Symbol.asyncIterator in value
  );
}

/** Sends the pieces as they come, each when it is wanted; resolves to what ends the answer. */
export async function sendPieces(
  pieces: AsyncIterable<unknown>,
  to: {
    readonly take: TakePiece;

    /** Whether the invocation was answered otherwise meanwhile. */
    readonly isOver: () => boolean;
  },
): Promise<Answer> {
  try {
    for await (const piece of pieces) {
      if (to.isOver()) break;
      const bytes = toBytes(piece);
      if (bytes.byteLength > 0) await to.take(bytes);
      if (to.isOver()) break;
    }
    return toAnswer({ value: new Uint8Array(0) });
  } catch (thrown) {
    return toFailure(thrown);
  }
}
