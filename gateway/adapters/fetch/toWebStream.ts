import { finished, type Readable } from "node:stream";

/**
 * Converts a stream and reports the length of each chunk. It flows only while its reader waits for bytes, so that an origin is not timed out because a client reads slowly.
 * `Readable.toWeb` of Node 20 throws an uncaught error, which ends the process, if its reader cancels while bytes are buffered.
 */
export function toWebStream(
  source: Readable,
  onBytes: (bytes: number) => void = () => undefined,
): ReadableStream<Uint8Array> {
  let isOpen = true;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        source.pause();
        source.on("data", (chunk: Uint8Array) => {
          if (!isOpen) return;
          onBytes(chunk.length);
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) source.pause();
        });
        finished(source, { writable: false }, (error) => {
          if (!isOpen) return;
          isOpen = false;
          if (error) controller.error(error);
          else controller.close();
        });
      },
      pull() {
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
