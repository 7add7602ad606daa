import type * as http from "node:http";
import { WireError } from "./transport";

/** A body of up to this many bytes is sent together with the headers: one write to the socket is cheaper than two. */
const MAX_COMBINED_BYTES = 16_384;

/** From this `Content-Length` on, the buffer for a body is allocated once instead of joined from chunks. */
const MIN_PREALLOCATED_BYTES = 65_536;

/** A larger `Content-Length` is not trusted for an allocation. Lambda's largest response is a tenth of it. */
const MAX_PREALLOCATED_BYTES = 67_108_864;

const EMPTY_BODY = Buffer.alloc(0);

/** Writes a body and ends the request. */
export function writeBody(
  outgoing: http.ClientRequest,
  body: string | Uint8Array | undefined,
): void {
  if (body instanceof Uint8Array && body.byteLength <= MAX_COMBINED_BYTES) {
    const { buffer, byteOffset, byteLength } = body;
    // Node combines headers and body in one write only if both are strings; latin1 keeps every byte.
    const string = Buffer.from(buffer, byteOffset, byteLength).toString(
      "latin1",
    );
    outgoing.end(string, "latin1");
  } else outgoing.end(body);
}

/** Reads a whole body. `contentLength` is the number of bytes that the headers announce, or 0. */
export function readBody(
  incoming: http.IncomingMessage,
  done: (error: WireError | undefined, body: Buffer) => void,
  contentLength: number,
): void {
  const buffer =
    contentLength >= MIN_PREALLOCATED_BYTES &&
    contentLength <= MAX_PREALLOCATED_BYTES
      ? Buffer.allocUnsafeSlow(contentLength)
      : undefined;
  let filled = 0;
  let chunks: Buffer[] | undefined;
  let first: Buffer | undefined;
  incoming.on("data", (chunk: Buffer) => {
    if (buffer) {
      chunk.copy(buffer, filled);
      filled += chunk.length;
    } else if (!first) first = chunk;
    else (chunks ??= [first]).push(chunk);
  });
  incoming.on("error", (error) => {
    done(toReadError(error), EMPTY_BODY);
  });
  incoming.on("end", () => {
    const joined = chunks ? Buffer.concat(chunks) : (first ?? EMPTY_BODY);
    done(undefined, buffer ? buffer.subarray(0, filled) : joined);
  });
}

/** Yields the chunks of a body; each is read when it is requested. Calls `done` at the end, or if the consumer stops. */
export async function* readChunks(
  incoming: http.IncomingMessage,
  done: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of incoming) yield chunk as Uint8Array;
  } catch (error) {
    throw toReadError(error as Error);
  } finally {
    done();
  }
}

function toReadError(error: Error): WireError {
  return error instanceof WireError ? error : new WireError("TRUNCATED", error);
}
