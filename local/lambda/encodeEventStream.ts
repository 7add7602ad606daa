import { crc32 } from "./crc32";

/**
 * Maximum bytes of a chunk in one frame; longer chunks use several frames. AWS's limit for a frame
 * is 16 MB.
 */
const MAX_CHUNK_BYTES = 8 * 1024 * 1024;

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** Type of a header with a string value. */
const STRING_HEADER = 7;

/** Payload of the last frame. */
export interface InvokeCompleteEvent {
  /** `Unhandled` if the function failed. */
  readonly ErrorCode?: string;

  /** JSON of the error, if the function failed. */
  readonly ErrorDetails?: string;

  /** Last 4 KB of the log in Base64, if requested. */
  readonly LogResult?: string;
}

/** Encodes a chunk of a response as one frame, or several if it is long. */
export function encodePayloadChunks(chunk: Uint8Array): Uint8Array[] {
  const count = Math.ceil(chunk.byteLength / MAX_CHUNK_BYTES);
  return Array.from({ length: count }, (_, index) =>
    encodeMessage("PayloadChunk", {
      type: "application/octet-stream",
      payload: chunk.subarray(
        index * MAX_CHUNK_BYTES,
        (index + 1) * MAX_CHUNK_BYTES,
      ),
    }),
  );
}

/** Encodes the last frame of a response. */
export function encodeInvokeComplete(
  completion: InvokeCompleteEvent,
): Uint8Array {
  return encodeMessage("InvokeComplete", {
    type: "application/json",
    payload: Buffer.from(JSON.stringify(completion)),
  });
}

function encodeMessage(
  event: string,
  { type, payload }: { readonly type: string; readonly payload: Uint8Array },
): Uint8Array {
  const headers = Buffer.concat([
    encodeHeader(":event-type", event),
    encodeHeader(":content-type", type),
    encodeHeader(":message-type", "event"),
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

function encodeHeader(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([STRING_HEADER]),
    length,
    Buffer.from(value),
  ]);
}
