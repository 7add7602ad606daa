import type { OutgoingMessage } from "node:http";
import { Readable, type Writable } from "node:stream";
import { finished } from "node:stream/promises";

/** Bytes that are there, bytes that still come, or none. */
export type BodySource = Uint8Array | Readable | undefined;

/**
 * The body of a message. It streams past unless somebody asks for the whole of it, and who asks says how much he takes.
 *
 * @example
 * const bytes = await exchange.request.body.whole(64 * 1024);
 * console.log(bytes ? `${bytes.length} bytes` : "too large; it goes on unread");
 *
 * @category Gateway
 */
export class Body {
  #source: BodySource;

  /** Whether it streams no more as it came: it was read, or made here. */
  #isRead: boolean;

  /** Length in bytes. Absent: nobody knows before the end. */
  readonly length: number | undefined;

  /** Trailers that came behind it: name, value, name, value; complete only when it has been read. */
  readonly trailers: () => readonly string[];

  /**
   * Makes a body.
   *
   * @param source - Its bytes, or a stream of them. Absent: it has none.
   * @param facts - Length, where a stream's is known, and trailers.
   */
  constructor(
    source?: Uint8Array | Readable,
    facts: {
      /** In bytes. Absent: not known. */
      readonly length?: number | undefined;
      /** Asked for at the end. Absent: there are none. */
      readonly trailers?: () => readonly string[];
    } = {},
  ) {
    this.#source = source;
    this.#isRead = source instanceof Uint8Array;
    this.length =
      source === undefined
        ? 0
        : source instanceof Uint8Array
          ? source.length
          : facts.length;
    this.trailers = facts.trailers ?? (() => []);
  }

  /** What it is made of; a stream is read by one only. */
  get source(): BodySource {
    return this.#source;
  }

  /** Whether it does not stream as it came: somebody has read it, or it was made by the gateway. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /**
   * The whole of it, where it is not longer than that. A longer one stays as it is, and streams on afterwards.
   *
   * @param limit - In bytes.
   */
  async whole(limit: number): Promise<Uint8Array | undefined> {
    if ((this.length ?? 0) > limit) return undefined;
    const source = this.#source;
    if (source === undefined) return new Uint8Array();
    if (source instanceof Uint8Array) return source;
    const { chunks, isWhole } = await collect(source, limit);
    this.#isRead = true;
    if (isWhole) {
      const bytes =
        chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      this.#source = bytes;
      return bytes;
    }
    this.#source = Readable.from(again(chunks, source), { objectMode: false });
    return undefined;
  }

  /** Lets go of what nobody is going to read. */
  discard(): void {
    if (this.#source instanceof Readable) this.#source.destroy();
  }
}

/** Reads until the end, or until there is more than that. */
async function collect(
  source: Readable,
  limit: number,
): Promise<{ chunks: Uint8Array[]; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const end = source.readableEnded
    ? Promise.resolve(true)
    : new Promise<boolean>((resolve, reject) => {
        const onChunk = (chunk: Uint8Array): void => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > limit)
            settle(() => {
              resolve(false);
            });
        };
        const onEnd = (): void => {
          settle(() => {
            resolve(true);
          });
        };
        const onError = (error: Error): void => {
          settle(() => {
            reject(error);
          });
        };
        const onClose = (): void => {
          onError(new Error("the body broke off"));
        };
        const settle = (tell: () => void): void => {
          source.pause();
          source.off("data", onChunk).off("end", onEnd);
          source.off("error", onError).off("close", onClose);
          tell();
        };
        source.on("data", onChunk).on("end", onEnd);
        source.on("error", onError).on("close", onClose);
      });
  return { isWhole: await end, chunks };
}

async function* again(
  chunks: readonly Uint8Array[],
  source: Readable,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  yield* source;
}

/** Where a body goes. */
export type Sink = Writable & Pick<OutgoingMessage, "addTrailers">;

/** Writes a body where it belongs, at the reader's pace, and its trailers behind it. */
export async function pour(body: Body, into: Sink): Promise<void> {
  const { source } = body;
  if (!(source instanceof Readable)) {
    if (source?.length) into.end(source);
    else into.end();
    return;
  }
  // A reader that goes away ends the source as well; a source that breaks off breaks off what is written.
  into.once("close", () => source.destroy());
  source.pipe(into, { end: false });
  try {
    await finished(source, { writable: false });
  } catch (error) {
    into.destroy(error as Error);
    throw error;
  }
  const lines = body.trailers();
  const pairs = lines.flatMap((name, at) =>
    at % 2 === 0 ? [[name, lines[at + 1] ?? ""] as [string, string]] : [],
  );
  if (pairs.length > 0) into.addTrailers(pairs);
  into.end();
}
