import { nodeHttp } from "../../src/internal";
import type { BodySource } from "./body/BodySource";

/** Longest body that is sent in one write with the headers, in bytes: one write costs less than two. */
export const MAX_SINGLE_WRITE_BYTES = 16_384;

/**
 * The bytes of a small HTTP message that is completely buffered already; otherwise the source itself. The length of other streams is only
 * a claim.
 */
export function takeBufferedBytes({
  source,
  length = 0,
}: {
  readonly source: BodySource;
  readonly length: number | undefined;
}): BodySource {
  if (!(source instanceof nodeHttp.IncomingMessage)) return source;
  if (length === 0 || length > MAX_SINGLE_WRITE_BYTES) return source;
  if (source.readableLength !== length || source.destroyed) return source;
  const bytes = source.read(length) as Uint8Array;
  // Reads up to the end of the message, after which the connection can be used again.
  source.on("error", () => undefined).resume();
  return bytes;
}
