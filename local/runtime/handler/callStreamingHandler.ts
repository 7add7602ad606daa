import { finished } from "node:stream/promises";
import type { Settlement } from "./callHandler";
import type { LambdaContext } from "../function/LambdaHandler";
import type { ResponseStream } from "./ResponseStream";
import type { StreamingHandler } from "./streamifyResponse";

/** All of the response has been written. */
const WRITTEN: Settlement = { value: new Uint8Array(0) };

/**
 * Calls a streaming handler. Resolves when its promise has settled and everything it wrote has been
 * sent.
 */
export async function callStreamingHandler(
  handler: StreamingHandler,
  call: {
    readonly event: unknown;
    readonly context: LambdaContext;
    readonly stream: ResponseStream;
  },
): Promise<Settlement> {
  const { event, context, stream } = call;
  // Listen from the start: the handler may end or destroy the stream before it returns.
  const written = finished(stream);
  written.catch(() => undefined);
  try {
    const returned = handler(event, stream, context);
    if (!isPromise(returned))
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- Lambda throws a string
      throw "Streaming does not support non-async handlers.";
    await returned;
    await written;
    return WRITTEN;
  } catch (thrown) {
    // Send what was written before the error first.
    stream.end();
    await written.catch(() => undefined);
    return { thrown };
  }
}

function isPromise(value: unknown): boolean {
  const { then } = (value ?? {}) as { then?: unknown };
  return typeof then === "function";
}
