import type { LambdaContext, LambdaHandler } from "../function/LambdaHandler";
import type { ResponseStream } from "./ResponseStream";

/** A handler that writes its result chunk by chunk. */
export type StreamingHandler = (
  event: unknown,
  responseStream: ResponseStream,
  context: LambdaContext,
) => unknown;

interface StreamingMarker {
  [STREAMING]?: string;
  [HIGH_WATER_MARK]?: number;
}

// Symbols and values of AWS's own Node.js runtime, so that a handler marked without its help is known as well.
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
const HIGH_WATER_MARK = Symbol.for(
  "aws.lambda.runtime.handler.streaming.highWaterMark",
);
const STREAMED = "response";

const DELIMITER_BYTES = 8;

/** Gives handlers the global `awslambda`, as the Node.js runtime of Lambda does. */
export function defineAwslambdaGlobal(): void {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (
        handler: StreamingHandler & StreamingMarker,
        options?: { readonly highWaterMark?: unknown },
      ) => {
        handler[STREAMING] = STREAMED;
        const mark = options?.highWaterMark;
        if (typeof mark === "number") handler[HIGH_WATER_MARK] = mark;
        return handler;
      },
      HttpResponseStream: { from: writePrelude },
    },
  });
}

/** The handler as one that streams. Absent: it answers at once. */
export function toStreamingHandler(
  handler: LambdaHandler,
):
  | { readonly handler: StreamingHandler; readonly highWaterMark?: number }
  | undefined {
  const marked = handler as unknown as StreamingHandler & StreamingMarker;
  if (marked[STREAMING] !== STREAMED) return undefined;
  const highWaterMark = marked[HIGH_WATER_MARK];
  return {
    handler: marked,
    ...(highWaterMark !== undefined && { highWaterMark }),
  };
}

/** Status and headers for a function URL go before the first chunk, as JSON and eight zero bytes. */
function writePrelude(
  stream: ResponseStream,
  prelude: unknown,
): ResponseStream {
  stream.setContentType();
  stream._onBeforeFirstWrite = (write) => {
    write(JSON.stringify(prelude));
    write(new Uint8Array(DELIMITER_BYTES));
  };
  return stream;
}
