import { setImmediate } from "node:timers/promises";
import { types } from "node:util";

/**
 * Receives a chunk of a streamed response. Resolves when it is ready for the next chunk and never
 * rejects. The caller may reuse the bytes as soon as the call has returned.
 */
export type WriteChunk = (chunk: Uint8Array) => Promise<void>;

/** Discards a chunk. */
export const discardChunk: WriteChunk = () => setImmediate();

/**
 * Converts what a function writes as Lambda's Node.js runtime does: strings to UTF-8, bytes
 * unchanged, everything else to JSON.
 */
export function toWritable(chunk: unknown): string | Uint8Array {
  if (typeof chunk === "string") return chunk;
  if (types.isUint8Array(chunk)) return chunk;
  const text = JSON.stringify(chunk) as string | undefined;
  // Functions and symbols have no JSON representation.
  return text ?? "";
}

/** Converts what a function writes to bytes. */
export function encodeChunk(chunk: unknown): Uint8Array {
  const written = toWritable(chunk);
  return typeof written === "string" ? Buffer.from(written) : written;
}
