import { IncomingMessage, type OutgoingMessage } from "node:http";
import { Readable, type Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { collect } from "./collect";
import { faultOfName } from "./headerRules";

/** Bytes that are there, bytes that still come, or none. */
export type BodySource = Uint8Array | Readable | undefined;

/**
 * What else is known of a body.
 *
 * @category Gateway
 */
export interface BodyFacts {
  /** In bytes. Absent: not known. */
  readonly length?: number | undefined;

  /** Trailers, asked for at the end: name, value, name, value. Absent: there are none. */
  readonly trailers?: () => readonly string[];

  /** Why its bytes are there no more. Absent: they are. */
  readonly lost?: Error | undefined;

  /** What becomes of a stream that nobody is going to read. Absent: it is destroyed. */
  readonly abandon?: ((source: Readable) => void) | undefined;
}

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
  #source: BodySource | (() => Readable);
  readonly #abandon: (source: Readable) => void;
  #exceeded = 0;

  /** Length in bytes. Absent: nobody knows before the end. */
  readonly length: number | undefined;

  /** Trailers that came behind it: name, value, name, value; complete only when it has been read. */
  readonly trailers: () => readonly string[];

  /** Why its bytes are there no more. Absent: they are. */
  readonly lost: Error | undefined;

  /**
   * Makes a body.
   *
   * @param source - Its bytes, or a stream of them, or what opens one. Absent: it has none.
   * @param facts - What else is known of it.
   */
  constructor(
    source?: Uint8Array | Readable | (() => Readable),
    facts: BodyFacts = {},
  ) {
    this.#source = source;
    this.length =
      source === undefined
        ? 0
        : source instanceof Uint8Array
          ? source.length
          : facts.length;
    this.trailers = facts.trailers ?? (() => []);
    this.lost = facts.lost;
    this.#abandon = facts.abandon ?? ((stream) => stream.destroy());
  }

  /** What it is made of; a stream is read by one only. */
  get source(): BodySource {
    if (typeof this.#source === "function") this.#source = this.#source();
    return this.#source;
  }

  /** Whether it is a stream that nobody has opened yet. */
  get isUnopened(): boolean {
    return typeof this.#source === "function";
  }

  /**
   * The whole of it, where it is not longer than that. A longer one stays as it is, and streams on afterwards.
   *
   * @param limit - In bytes.
   * @param signal - Ends the reading, which rejects; what has been read streams on. Absent: nothing does.
   */
  async whole(
    limit: number,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Uint8Array | undefined> {
    if (this.lost) throw this.lost;
    // What has turned out to be longer has streamed on by now: nobody is to take its rest for the whole.
    if ((this.length ?? this.#exceeded) > limit) return undefined;
    // What has come together with a head is there a moment later. A stream that is none of Node's could break off unheard until then.
    if (this.#source instanceof IncomingMessage) await Promise.resolve();
    const source = arrived(this);
    if (source === undefined) return new Uint8Array();
    if (!(source instanceof Readable)) {
      this.#source = source;
      return source.length > limit ? undefined : source;
    }
    const bytes = await collect(source, { limit, signal });
    if (bytes) this.#source = bytes;
    else this.#exceeded = limit + 1;
    return bytes;
  }

  /** Lets go of what nobody is going to read. */
  discard(): void {
    if (this.#source instanceof Readable) this.#abandon(this.#source);
  }
}

/** A body of so many bytes is sent together with the head: one chunk costs less than two. */
const SMALL = 16_384;

/** Where a body goes. */
export type Sink = Writable & Pick<OutgoingMessage, "addTrailers">;

/** Writes a body where it belongs, at the reader's pace, and its trailers behind it. */
export async function pour(body: Body, into: Sink): Promise<void> {
  const source = arrived(body);
  if (source instanceof Readable) await pipe(body, source, into);
  if (into.destroyed) return;
  const pairs = sendable(body.trailers());
  if (pairs.length > 0) into.addTrailers(pairs);
  if (!(source instanceof Uint8Array) || source.length === 0) into.end();
  else if (source.length > SMALL) into.end(source);
  else into.end(toBuffer(source).toString("latin1"), "latin1");
}

/** A small body that has come whole by now, as bytes: it goes out together with the head, and nobody need wait for it. */
function arrived({ source, length = 0 }: Body): BodySource {
  if (!(source instanceof Readable) || length === 0 || length > SMALL)
    return source;
  if (source.readableLength !== length || source.destroyed) return source;
  const bytes = source.read(length) as Uint8Array;
  // To its end, behind which its connection is free again.
  source.on("error", () => undefined).resume();
  return bytes;
}

async function pipe(body: Body, source: Readable, into: Sink): Promise<void> {
  const leave = (): void => {
    source.unpipe(into);
    body.discard();
  };
  if (into.destroyed) leave();
  else source.pipe(into, { end: false });
  into.once("close", leave);
  try {
    await finished(source, { writable: false });
  } catch (error) {
    // A source that breaks off breaks off what is written.
    into.destroy();
    throw error;
  } finally {
    into.off("close", leave);
  }
}

/** Lets the rest of a request pass by, unless somebody reads it: behind it, on the same connection, waits the next one. */
export function drain(source: Readable): void {
  if (source.listenerCount("data") + source.listenerCount("readable") > 0)
    return;
  source.on("error", () => undefined);
  source.resume();
}

/** Trailers as pairs, but for those that would speak of the connection, or say anew where the body ends. */
const sendable = (lines: readonly string[]): [string, string][] =>
  lines.flatMap((name, at) =>
    at % 2 === 0 && faultOfName(name) === undefined
      ? [[name, lines[at + 1] ?? ""] as [string, string]]
      : [],
  );

const toBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
