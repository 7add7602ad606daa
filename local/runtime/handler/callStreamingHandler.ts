import { finished } from "node:stream/promises";
import type { Settlement } from "./callHandler";
import type { LambdaContext } from "../function/LambdaHandler";
import type { ResponseStream } from "./ResponseStream";
import type { StreamingHandler } from "./streamifyResponse";

/** Nothing more: all of the result was written. */
const WRITTEN: Settlement = { value: new Uint8Array(0) };

/** Calls a handler that streams; it is settled when its promise is and all it wrote is on its way. */
export async function callStreamingHandler(
  handler: StreamingHandler,
  call: {
    readonly event: unknown;
    readonly context: LambdaContext;
    readonly stream: ResponseStream;
  },
): Promise<Settlement> {
  const { event, context, stream } = call;
  // Listened to from the beginning: a handler may end the stream before it returns, or break it.
  const written = finished(stream);
  written.catch(() => undefined);
  try {
    const returned = handler(event, stream, context);
    if (!isPromise(returned))
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a text, as in the Node.js runtime
      throw "Streaming does not support non-async handlers.";
    await returned;
    await written;
    return WRITTEN;
  } catch (thrown) {
    // What was written before goes out first.
    stream.end();
    await written.catch(() => undefined);
    return { thrown };
  }
}

function isPromise(value: unknown): boolean {
  const { then } = (value ?? {}) as { then?: unknown };
  return typeof then === "function";
}
