import { setImmediate } from "node:timers/promises";
import { types } from "node:util";

/**
 * Takes a piece of a streamed answer at once; resolves when the next is wanted, and never rejects. The bytes are the
 * writer's again as soon as it has returned.
 */
export type TakePiece = (piece: Uint8Array) => Promise<void>;

/** Takes what nobody wants. */
export const dropPiece: TakePiece = () => setImmediate();

/** What a function writes as the Node.js runtime sends it: text as UTF-8, bytes as they are, everything else as JSON. */
export function toWritable(piece: unknown): string | Uint8Array {
  if (typeof piece === "string") return piece;
  if (types.isUint8Array(piece)) return piece;
  const text = JSON.stringify(piece) as string | undefined;
  // A function or a symbol has no JSON text.
  return text ?? "";
}

/** Its bytes. */
export function toBytes(piece: unknown): Uint8Array {
  const written = toWritable(piece);
  return typeof written === "string" ? Buffer.from(written) : written;
}
