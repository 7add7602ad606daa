/**
 * Decodes AWS's event stream format, in which Lambda sends response streams. A frame consists of its length, the length of
 * its headers, a checksum of both, the headers, the payload, and a checksum of all of it.
 *
 * Source: {@link https://smithy.io/2.0/aws/amazon-eventstream.html | Amazon Event Stream specification}.
 */
import { ChunkList } from "../../../domain/ChunkList";
import { crc32 } from "../hash/crc32";

/** One frame. */
export interface Frame {
  /** String headers; names include their colon. Headers of other types are omitted: Lambda's responses have none. */
  readonly headers: ReadonlyMap<string, string>;
  readonly payload: Uint8Array;
}

/** The bytes are not an event stream, or are damaged. The message continues the sentence "the stream cannot be read because …". */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const MIN_FRAME_BYTES = PRELUDE_BYTES + CHECKSUM_BYTES;

/** The specification's limits: 16 MB of payload and 128 KB of headers. */
const MAX_HEADER_BYTES = 131_072;
const MAX_FRAME_BYTES = 16_777_216 + MAX_HEADER_BYTES + MIN_FRAME_BYTES;

/**
 * Splits bytes into frames. Chunks and frames do not need to match.
 *
 * @throws {@link FrameError} if a checksum or a length is wrong, or if the stream ends inside a frame.
 */
export async function* readFrames(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Frame> {
  let chunks = new ChunkList();
  let needed = PRELUDE_BYTES;
  for await (const chunk of stream) {
    chunks.push(chunk);
    // Chunks are joined only when a frame is complete: a large frame can arrive in hundreds of chunks.
    if (chunks.length < needed) continue;
    let rest = chunks.concat();
    for (;;) {
      needed = readFrameLength(rest) ?? PRELUDE_BYTES;
      if (rest.length < needed) break;
      yield readFrame(rest.subarray(0, needed));
      rest = rest.subarray(needed);
    }
    chunks = new ChunkList();
    chunks.push(rest);
  }
  if (chunks.length > 0) throw new FrameError("it ends inside a frame");
}

/** Returns the length of the frame that begins here, or `undefined` if its prelude is not complete. */
function readFrameLength(bytes: Buffer): number | undefined {
  if (bytes.length < PRELUDE_BYTES) return undefined;
  if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8))
    throw new FrameError("the checksum of a frame's prelude is wrong");
  const length = bytes.readUInt32BE(0);
  if (length < MIN_FRAME_BYTES || length > MAX_FRAME_BYTES)
    throw new FrameError(`a frame has the invalid length ${length}`);
  const headersLength = bytes.readUInt32BE(4);
  if (headersLength > MAX_HEADER_BYTES)
    throw new FrameError(
      `the headers of a frame have the invalid length ${headersLength}`,
    );
  return length;
}

function readFrame(bytes: Buffer): Frame {
  const end = bytes.length - CHECKSUM_BYTES;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end))
    throw new FrameError("the checksum of a frame is wrong");
  const headersEnd = PRELUDE_BYTES + bytes.readUInt32BE(4);
  if (headersEnd > end)
    throw new FrameError("the headers of a frame are longer than the frame");
  return {
    headers: readHeaders(bytes.subarray(PRELUDE_BYTES, headersEnd)),
    payload: bytes.subarray(headersEnd, end),
  };
}

/** Length of a header's value in bytes, by type. For types 6 and 7, two bytes before the value contain the length. */
const VALUE_BYTES: readonly (number | undefined)[] = [
  0,
  0,
  1,
  2,
  4,
  8,
  undefined,
  undefined,
  8,
  16,
];
const STRING_TYPE = 7;

function readHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  try {
    for (let at = 0; at < bytes.length;) {
      const nameEnd = at + 1 + bytes.readUInt8(at);
      const name = bytes.toString("utf8", at + 1, nameEnd);
      const type = bytes.readUInt8(nameEnd);
      const fixedLength = VALUE_BYTES[type];
      const start = nameEnd + (fixedLength === undefined ? 3 : 1);
      const length = fixedLength ?? bytes.readUInt16BE(nameEnd + 1);
      at = start + length;
      if (at > bytes.length || type >= VALUE_BYTES.length)
        throw new RangeError();
      if (type === STRING_TYPE)
        headers.set(name, bytes.toString("utf8", start, at));
    }
  } catch {
    throw new FrameError("the headers of a frame cannot be read");
  }
  return headers;
}
