import { nodeHttp } from "../../src/internal";
import type { BodySource } from "./body/BodySource";

/** Longest body that is sent in one write with the headers, in bytes: one write costs less than two. */
export const MAX_SINGLE_WRITE_BYTES = 16_384;

/**
 * The bytes of a small HTTP message that is completely buffered already; otherwise the source itself. The length of other streams is only
 * a claim. A message without a length is complete when the parser has found its end.
 */
export function takeBufferedBytes({
  source,
  length,
}: {
  readonly source: BodySource;
  readonly length: number | undefined;
}): BodySource {
  if (!(source instanceof nodeHttp.IncomingMessage)) return source;
  const { readableLength } = source;
  if (readableLength === 0 || readableLength > MAX_SINGLE_WRITE_BYTES)
    return source;
  const isWhole =
    length === undefined
      ? source.complete && !source.readableDidRead
      : readableLength === length;
  if (!isWhole || source.destroyed) return source;
  const bytes = source.read(readableLength) as Uint8Array;
  // Reads up to the end of the message, after which the connection can be used again.
  source.on("error", () => undefined).resume();
  return bytes;
}
