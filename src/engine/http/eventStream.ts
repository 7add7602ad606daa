/**
 * AWS's event-stream framing, as `InvokeWithResponseStream` answers in it: length of the frame and of its headers, a
 * checksum of both, headers, payload, a checksum of it all.
 *
 * Source: {@link https://smithy.io/2.0/aws/amazon-eventstream.html | Amazon Event Stream specification}.
 */
import { crc32 } from "./crc32";

/** One frame. */
export interface Frame {
  /** Names with their colon; other values than texts are left out, as nothing here reads them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly payload: Uint8Array;
}

/** What came is no event stream, or a damaged one. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

const PRELUDE = 12;
const CHECKSUM = 4;
const LEAST = PRELUDE + CHECKSUM;

/** AWS's own bounds: 16 MB of payload, 128 KB of headers. */
const MOST = 16_777_216 + 131_072 + LEAST;

/**
 * Cuts bytes into frames, however they arrive.
 *
 * @throws {@link FrameError} where a checksum or a length is wrong, or the end comes inside a frame.
 */
export async function* readFrames(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Frame> {
  let pieces: Buffer[] = [];
  let have = 0;
  let need = PRELUDE;
  for await (const chunk of chunks) {
    pieces.push(toBuffer(chunk));
    have += chunk.byteLength;
    // Joined only when a frame is whole: a large one may arrive in hundreds of pieces.
    if (have < need) continue;
    let rest = Buffer.concat(pieces);
    for (;;) {
      need = frameLength(rest) ?? PRELUDE;
      if (rest.length < need) break;
      yield readFrame(rest.subarray(0, need));
      rest = rest.subarray(need);
    }
    pieces = [rest];
    have = rest.length;
  }
  if (have > 0) throw new FrameError("it ends inside a frame");
}

function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Length of the frame that begins here; `undefined` where too little of it has arrived. */
function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < PRELUDE) return undefined;
  if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8))
    throw new FrameError("the checksum of a frame's head is wrong");
  const length = bytes.readUInt32BE(0);
  if (length < LEAST || length > MOST)
    throw new FrameError(`a frame of ${length} bytes is none`);
  return length;
}

function readFrame(bytes: Buffer): Frame {
  const end = bytes.length - CHECKSUM;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end))
    throw new FrameError("the checksum of a frame is wrong");
  const headersEnd = PRELUDE + bytes.readUInt32BE(4);
  if (headersEnd > end) throw new FrameError("a frame's headers are too long");
  return {
    headers: readHeaders(bytes.subarray(PRELUDE, headersEnd)),
    payload: bytes.subarray(headersEnd, end),
  };
}

/** Bytes of a header's value, by its type; the types 6 and 7 say it themselves. */
const FIXED: readonly (number | undefined)[] = [
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
const TEXT = 7;

function readHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  try {
    for (let at = 0; at < bytes.length;) {
      const nameEnd = at + 1 + bytes.readUInt8(at);
      const name = bytes.toString("utf8", at + 1, nameEnd);
      const type = bytes.readUInt8(nameEnd);
      const fixed = FIXED[type];
      const start = nameEnd + (fixed === undefined ? 3 : 1);
      const length = fixed ?? bytes.readUInt16BE(nameEnd + 1);
      at = start + length;
      if (at > bytes.length || type >= FIXED.length) throw new RangeError();
      if (type === TEXT) headers.set(name, bytes.toString("utf8", start, at));
    }
  } catch {
    throw new FrameError("a frame's headers cannot be read");
  }
  return headers;
}
