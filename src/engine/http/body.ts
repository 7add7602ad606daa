import type * as http from "node:http";
import { ChunkList } from "../../../domain/ChunkList";
import {
  hasLength,
  ResponseTooLargeError,
  UnknownLengthError,
} from "./responseLimits";
import { WireError, type WireResponse } from "./transport";

/** A body of up to this many bytes is sent together with the headers: one write to the socket is cheaper than two. */
const MAX_COMBINED_BYTES = 16_384;

/** From this `Content-Length` on, the buffer for a body is allocated once instead of joined from chunks. */
const MIN_PREALLOCATED_BYTES = 65_536;

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

/** What to read, and how much of it. */
interface BodyToRead {
  readonly incoming: http.IncomingMessage;
  /** The head of the response, for the error. */
  readonly head: Omit<WireResponse, "body">;
  /** Number of bytes that the headers announce, or 0. */
  readonly contentLength: number;
  /** A larger body is an error, and closes the socket. */
  readonly maxBytes: number;
}

/** Reads a whole body, up to a limit. */
export function readBody(
  { incoming, head, contentLength, maxBytes }: BodyToRead,
  done: (error: WireError | undefined, body: Buffer) => void,
): void {
  const isTooLarge = contentLength > maxBytes;
  const buffer =
    contentLength >= MIN_PREALLOCATED_BYTES && !isTooLarge
      ? Buffer.allocUnsafeSlow(contentLength)
      : undefined;
  let length = 0;
  let chunks: ChunkList | undefined;
  let first: Buffer | undefined;
  const refuse = (): void => {
    chunks = first = undefined;
    incoming.destroy(new ResponseTooLargeError(head, maxBytes));
  };
  incoming.on("data", (chunk: Buffer) => {
    const start = length;
    length += chunk.length;
    if (length > maxBytes) refuse();
    else if (buffer) chunk.copy(buffer, start);
    else if (!first) first = chunk;
    else {
      if (!chunks) (chunks = new ChunkList()).push(first);
      chunks.push(chunk);
    }
  });
  incoming.on("error", (error) => {
    done(toReadError(error), EMPTY_BODY);
  });
  incoming.on("end", () => {
    const joined = chunks?.concat() ?? first ?? EMPTY_BODY;
    done(undefined, buffer ? buffer.subarray(0, length) : joined);
  });
  if (isTooLarge) refuse();
  else if (!hasLength(head)) incoming.destroy(new UnknownLengthError(head));
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
    // Leaving the loop destroys only the request, see `destroyRequest`.
    incoming.destroy();
    done();
  }
}

function toReadError(error: Error): WireError {
  return error instanceof WireError ? error : new WireError("TRUNCATED", error);
}
