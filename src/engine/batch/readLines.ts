import { readSync } from "node:fs";

const CHUNK_BYTES = 256 * 1024;
const LINE_FEED = 10;

/** One line of a file. */
export interface Line {
  /** Without its end. */
  readonly bytes: Buffer;
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** Whether it has an end: the last one may have been cut off in the middle. */
  readonly isComplete: boolean;
}

/** The lines of an open file, read piece by piece; what is written meanwhile is read as well. */
export function* readLines(file: number): Generator<Line> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let parts: Buffer[] = [];
  let position = 0;
  let at = 0;
  for (;;) {
    const length = readSync(file, chunk, 0, CHUNK_BYTES, position);
    if (length === 0) break;
    let begin = 0;
    let end = chunk.indexOf(LINE_FEED);
    while (end >= 0 && end < length) {
      const bytes = Buffer.concat([...parts, chunk.subarray(begin, end)]);
      yield { bytes, offset: at, isComplete: true };
      parts = [];
      begin = end + 1;
      at = position + begin;
      end = chunk.indexOf(LINE_FEED, begin);
    }
    parts.push(Buffer.from(chunk.subarray(begin, length)));
    position += length;
  }
  const bytes = Buffer.concat(parts);
  if (bytes.length > 0) yield { bytes, offset: at, isComplete: false };
}
