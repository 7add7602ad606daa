import type { LambdaContext, LambdaHandler } from "../function/LambdaHandler";
import type { ResponseStream } from "./ResponseStream";

/** A handler that streams its response. */
export type StreamingHandler = (
  event: unknown,
  responseStream: ResponseStream,
  context: LambdaContext,
) => unknown;

interface StreamingMarker {
  [STREAMING]?: string;
  [HIGH_WATER_MARK]?: number;
}

// Symbols and values of Lambda's Node.js runtime, so that handlers marked by other libraries are
// recognized too.
const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
const HIGH_WATER_MARK = Symbol.for(
  "aws.lambda.runtime.handler.streaming.highWaterMark",
);
const STREAMED = "response";

const DELIMITER_BYTES = 8;

/** Defines the global `awslambda` for handlers, as Lambda's Node.js runtime does. */
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

/** Returns the handler as a streaming handler, or undefined if it does not stream. */
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

/**
 * Writes the status and headers of a function URL before the first chunk, as JSON and eight zero
 * bytes.
 */
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
