import { encodeChunk, type WriteChunk } from "../function/chunks";
import { toHandlerResult, toErrorResult } from "../handler/toHandlerResult";
import type { HandlerResult } from "../function/HandlerResult";

/** Whether an inline handler returned an async iterable, as an async generator function does. */
export function isChunkIterable(
  value: unknown,
): value is AsyncIterable<unknown> {
  return (
    typeof value === "object" && value !== null && Symbol.asyncIterator in value
  );
}

/** Sends each chunk when the receiver is ready. Resolves to the final result. */
export async function sendChunks(
  chunks: AsyncIterable<unknown>,
  to: {
    readonly writeChunk: WriteChunk;

    /** Whether the invocation has ended for another reason, such as its timeout. */
    readonly isEnded: () => boolean;
  },
): Promise<HandlerResult> {
  try {
    for await (const chunk of chunks) {
      if (to.isEnded()) break;
      const bytes = encodeChunk(chunk);
      if (bytes.byteLength > 0) await to.writeChunk(bytes);
      if (to.isEnded()) break;
    }
    return toHandlerResult({ value: new Uint8Array(0) });
  } catch (thrown) {
    return toErrorResult(thrown);
  }
}
