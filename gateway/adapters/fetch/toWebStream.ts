import { finished, type Readable } from "node:stream";

/** What happens while a stream is read. */
export interface StreamOptions {
  /** Called with the length of each chunk. */
  readonly onBytes?: (bytes: number) => void;

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
  { onBytes = () => undefined, idleTimeoutMs }: StreamOptions = {},
): ReadableStream<Uint8Array> {
  let isOpen = true;
  const idle = createIdleTimer(source, idleTimeoutMs);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        source.pause();
        source.on("data", (chunk: Uint8Array) => {
          if (!isOpen) return;
          onBytes(chunk.length);
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) > 0) return;
          source.pause();
          idle.start();
        });
        finished(source, { writable: false }, (error) => {
          idle.stop();
          if (!isOpen) return;
          isOpen = false;
          if (error) controller.error(error);
          else controller.close();
        });
      },
      pull() {
        idle.stop();
        source.resume();
      },
      cancel(reason) {
        isOpen = false;
        source.destroy(reason instanceof Error ? reason : undefined);
      },
    },
    { highWaterMark: 0 },
  );
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
