import type { Readable } from "node:stream";

/** How a stream is read. */
export interface Collecting {
  /** As many bytes, and no more. */
  readonly limit: number;

  /** Ends the reading. Absent: nothing does. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a stream to its end. Where there is more than that, what was read is put back in front, and the stream is as if nobody had
 * touched it; so it is where a signal ends the reading before.
 */
export function collect(
  source: Readable,
  { limit, signal }: Collecting,
): Promise<Uint8Array | undefined> {
  if (source.readableEnded) return Promise.resolve(new Uint8Array());
  if (source.destroyed) return Promise.reject(source.errored ?? brokenOff());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const putBack = (): void => {
      if (length > 0) source.unshift(Buffer.concat(chunks, length));
    };
    const settle = (tell: () => void): void => {
      signal?.removeEventListener("abort", onAbort);
      source.off("readable", onReadable).off("end", onEnd);
      source.off("error", onError).off("close", onClose);
      // Not before the stream has noticed that nobody waits for it any more: only then does it flow for the next reader.
      process.nextTick(tell);
    };
    const onReadable = (): void => {
      let chunk: Uint8Array | null;
      while ((chunk = source.read() as Uint8Array | null)) {
        chunks.push(chunk);
        length += chunk.length;
        if (length <= limit) continue;
        putBack();
        settle(() => {
          resolve(undefined);
        });
        return;
      }
    };
    const onEnd = (): void => {
      settle(() => {
        resolve(Buffer.concat(chunks, length));
      });
    };
    const onError = (error: Error): void => {
      settle(() => {
        reject(error);
      });
    };
    const onClose = (): void => {
      onError(brokenOff());
    };
    const onAbort = (): void => {
      putBack();
      onError(signal?.reason as Error);
    };
    signal?.addEventListener("abort", onAbort);
    source.on("end", onEnd).on("error", onError).on("close", onClose);
    source.on("readable", onReadable);
  });
}

const brokenOff = (): Error => new Error("the body broke off");

/** Whether a stream ends before its first byte; it is as if nobody had looked. */
export const isEmpty = async (source: Readable): Promise<boolean> =>
  (await collect(source, { limit: 0 })) !== undefined;
