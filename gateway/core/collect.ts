import type { Readable } from "node:stream";

/**
 * Reads a stream to its end. Where there is more than that, what was read is put back in front, and the stream is as if nobody had
 * touched it.
 *
 * @param limit - In bytes.
 */
export function collect(
  source: Readable,
  limit: number,
): Promise<Uint8Array | undefined> {
  if (source.readableEnded) return Promise.resolve(new Uint8Array());
  if (source.destroyed) return Promise.reject(source.errored ?? brokenOff());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const settle = (tell: () => void): void => {
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
        source.unshift(Buffer.concat(chunks, length));
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
    source.on("end", onEnd).on("error", onError).on("close", onClose);
    source.on("readable", onReadable);
  });
}

const brokenOff = (): Error => new Error("the body broke off");

/** Whether a stream ends before its first byte; it is as if nobody had looked. */
export const isEmpty = async (source: Readable): Promise<boolean> =>
  (await collect(source, 0)) !== undefined;
