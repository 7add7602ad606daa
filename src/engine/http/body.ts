import type * as http from "node:http";
import { WireError } from "./transport";

/** A body of so many bytes is copied, to be sent together with the head: one chunk costs less than two. */
const SMALL = 16_384;

/** From so many bytes on, the place for a body is made once, by what its head says. */
const LARGE = 65_536;

/** The most that is believed of what a head says; Lambda's largest answer is a tenth of it. */
const MOST_BELIEVED = 67_108_864;

const NOTHING = Buffer.alloc(0);

/** Sends a body, and with it the request. */
export function writeBody(
  outgoing: http.ClientRequest,
  body: string | Uint8Array | undefined,
): void {
  if (body instanceof Uint8Array && body.byteLength <= SMALL) {
    const { buffer, byteOffset, byteLength } = body;
    const text = Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
    outgoing.end(text, "latin1");
  } else outgoing.end(body);
}

/** Reads a body to its end. */
export function readBody(
  incoming: http.IncomingMessage,
  done: (failure: WireError | undefined, body: Buffer) => void,
  length: number,
): void {
  const fits = length >= LARGE && length <= MOST_BELIEVED;
  const place = fits ? Buffer.allocUnsafeSlow(length) : undefined;
  let filled = 0;
  let chunks: Buffer[] | undefined;
  let first: Buffer | undefined;
  incoming.on("data", (chunk: Buffer) => {
    if (place) {
      chunk.copy(place, filled);
      filled += chunk.length;
    } else if (!first) first = chunk;
    else (chunks ??= [first]).push(chunk);
  });
  incoming.on("error", (error) => {
    done(
      error instanceof WireError ? error : new WireError("TRUNCATED", error),
      NOTHING,
    );
  });
  incoming.on("end", () => {
    const joined = chunks ? Buffer.concat(chunks) : (first ?? NOTHING);
    done(undefined, place ? place.subarray(0, filled) : joined);
  });
}

/** The pieces of a body, read when they are wanted. */
export async function* chunksOf(
  incoming: http.IncomingMessage,
  over: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of incoming) yield piece as Uint8Array;
  } catch (error) {
    throw error instanceof WireError
      ? error
      : new WireError("TRUNCATED", error as Error);
  } finally {
    over();
  }
}
