import { crc32 } from "./crc32";

/** Bytes of a piece that go into one frame; of a longer one the rest follows. A frame of AWS's holds 16 MB at most. */
const MOST_BYTES = 8 * 1024 * 1024;

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** Type of a header's value that is a text. */
const TEXT = 7;

/** What the last frame tells. */
export interface Completion {
  /** `Unhandled` when the function failed. Absent: it answered. */
  readonly ErrorCode?: string;

  /** JSON text of the error. Absent: the function answered. */
  readonly ErrorDetails?: string;

  /** Last 4 KB of the log, in Base64. Absent: nobody asked for it. */
  readonly LogResult?: string;
}

/** The frames of a piece of the answer: one, and further ones where it is long. */
export function payloadChunks(piece: Uint8Array): Uint8Array[] {
  const count = Math.ceil(piece.byteLength / MOST_BYTES);
  return Array.from({ length: count }, (_, index) =>
    encode("PayloadChunk", {
      type: "application/octet-stream",
      payload: piece.subarray(index * MOST_BYTES, (index + 1) * MOST_BYTES),
    }),
  );
}

/** The frame that ends an answer. */
export function invokeComplete(completion: Completion): Uint8Array {
  return encode("InvokeComplete", {
    type: "application/json",
    payload: Buffer.from(JSON.stringify(completion)),
  });
}

function encode(
  event: string,
  { type, payload }: { readonly type: string; readonly payload: Uint8Array },
): Uint8Array {
  const headers = Buffer.concat([
    header(":event-type", event),
    header(":content-type", type),
    header(":message-type", "event"),
  ]);
  const end = PRELUDE_BYTES + headers.length + payload.byteLength;
  const frame = Buffer.alloc(end + CHECKSUM_BYTES);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(headers.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  headers.copy(frame, PRELUDE_BYTES);
  frame.set(payload, PRELUDE_BYTES + headers.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, end)), end);
  return frame;
}

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([TEXT]),
    length,
    Buffer.from(value),
  ]);
}
