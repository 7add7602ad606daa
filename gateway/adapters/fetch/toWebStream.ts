import { finished, type Readable } from "node:stream";
import { BodyMeter } from "../../http/body/BodyMeter";

/** How a stream ended: with its last byte, because its reader cancelled, or with an error. */
export type StreamEnd =
  | { readonly kind: "complete" | "cancelled" }
  | { readonly kind: "failed"; readonly error: unknown };

/** What happens while a stream is read. */
export interface StreamOptions {
  /** Length that the stream must have, in bytes. Defaults to any. */
  readonly length?: number | undefined;

  /** Called with the length of each chunk. */
  readonly onBytes?: ((bytes: number) => void) | undefined;

  /** Called once when the stream has ended. */
  readonly onEnd?: (end: StreamEnd) => void;

  /** Longest time in which nothing is read, in milliseconds. Then the stream is destroyed. Defaults to no limit. */
  readonly idleTimeoutMs?: number | undefined;
}

/**
 * Converts a stream. It flows only while its reader waits for bytes, so that an origin is not timed out because a client reads slowly, and
 * a reader that waits for an origin is not taken for one that has stopped reading.
 * `Readable.toWeb` of Node 20 throws an uncaught error, which ends the process, if its reader cancels while bytes are buffered.
 */
export function toWebStream(
  source: Readable,
  { onEnd, idleTimeoutMs, ...options }: StreamOptions = {},
): ReadableStream<Uint8Array> {
  const meter = new BodyMeter(source, options);
  const idle = createIdleTimer(source, idleTimeoutMs);
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        source.pause();
        source.on("data", (chunk: unknown) => {
          if (source.destroyed) return;
          if (!enqueue(chunk, { source, meter, controller })) return;
          source.pause();
          idle.start();
        });
        finished(source, { writable: false }, (error) => {
          idle.stop();
          const end: StreamEnd = isCancelled
            ? { kind: "cancelled" }
            : endOf(meter, error);
          if (end.kind === "failed") controller.error(end.error);
          else if (end.kind === "complete") controller.close();
          onEnd?.(end);
        });
      },
      pull() {
        idle.stop();
        source.resume();
      },
      cancel(reason) {
        isCancelled = true;
        source.destroy(reason instanceof Error ? reason : undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Passes a chunk to the reader. Returns whether the source must pause. */
function enqueue(
  chunk: unknown,
  {
    source,
    meter,
    controller,
  }: {
    readonly source: Readable;
    readonly meter: BodyMeter;
    readonly controller: ReadableStreamDefaultController<Uint8Array>;
  },
): boolean {
  try {
    controller.enqueue(meter.take(chunk));
    return (controller.desiredSize ?? 0) <= 0;
  } catch (error) {
    source.destroy(error as Error);
    return false;
  }
}

/** How a stream ended whose reader has not cancelled. */
function endOf(meter: BodyMeter, error: Error | null | undefined): StreamEnd {
  if (error) return { kind: "failed", error };
  try {
    meter.end();
    return { kind: "complete" };
  } catch (shortfall) {
    return { kind: "failed", error: shortfall };
  }
}

/** A timer that destroys a stream which no one reads. It has been started. */
function createIdleTimer(
  source: Readable,
  ms: number | undefined,
): { readonly start: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    clearTimeout(timer);
    if (ms === undefined) return;
    timer = setTimeout(() => {
      source.destroy(new Error("the response is no longer read"));
    }, ms);
    timer.unref();
  };
  start();
  return {
    start,
    stop: () => {
      clearTimeout(timer);
    },
  };
}
