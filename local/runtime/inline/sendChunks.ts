import type { HandlerResult } from "../messages/messages";
import { encodeChunk, type WriteChunk } from "../function/chunks";
import { toHandlerResult, toErrorResult } from "../handler/toHandlerResult";

/** Whether an inline handler answers chunk by chunk: it returned what an async generator function returns. */
export function isChunkIterable(
  value: unknown,
): value is AsyncIterable<unknown> {
  return (
    typeof value === "object" && value !== null && Symbol.asyncIterator in value
  );
}

/** Sends the chunks as they come, each when it is wanted; resolves to what ends the result. */
export async function sendChunks(
  chunks: AsyncIterable<unknown>,
  to: {
    readonly writeChunk: WriteChunk;

    /** Whether the invocation was answered otherwise meanwhile. */
    readonly isOver: () => boolean;
  },
): Promise<HandlerResult> {
  try {
    for await (const chunk of chunks) {
      if (to.isOver()) break;
      const bytes = encodeChunk(chunk);
      if (bytes.byteLength > 0) await to.writeChunk(bytes);
      if (to.isOver()) break;
    }
    return toHandlerResult({ value: new Uint8Array(0) });
  } catch (thrown) {
    return toErrorResult(thrown);
  }
}
