import { setImmediate } from "node:timers/promises";
import { types } from "node:util";

/**
 * Takes a chunk of a streamed result at once; resolves when the next is wanted, and never rejects. The bytes are the
 * writer's again as soon as it has returned.
 */
export type WriteChunk = (chunk: Uint8Array) => Promise<void>;

/** Takes what nobody wants. */
export const discardChunk: WriteChunk = () => setImmediate();

/** What a function writes as the Node.js runtime sends it: text as UTF-8, bytes as they are, everything else as JSON. */
export function toWritable(chunk: unknown): string | Uint8Array {
  if (typeof chunk === "string") return chunk;
  if (types.isUint8Array(chunk)) return chunk;
  const text = JSON.stringify(chunk) as string | undefined;
  // A function or a symbol has no JSON text.
  return text ?? "";
}

/** Its bytes. */
export function encodeChunk(chunk: unknown): Uint8Array {
  const written = toWritable(chunk);
  return typeof written === "string" ? Buffer.from(written) : written;
}
