import { readSync } from "node:fs";

const CHUNK_BYTES = 256 * 1024;
const LINE_FEED = 10;

/** Longest line, in bytes. The longest that is written has a response of 6 MB in base64. */
const MAX_LINE_BYTES = 16_777_216;

/** One line of a file. */
export interface Line {
  /** Without the line feed. */
  readonly bytes: Buffer;
  /** Where the line starts in the file, in bytes. */
  readonly offset: number;
  /** Whether the line ends with a line feed. The last one may have been cut off. */
  readonly isComplete: boolean;
}

/** Yields the lines of an open file, reading it in chunks. Lines that are written meanwhile are included. */
export function* readLines(file: number): Generator<Line> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let parts: Buffer[] = [];
  let position = 0;
  let offset = 0;
  for (;;) {
    const length = readSync(file, chunk, 0, CHUNK_BYTES, position);
    if (length === 0) break;
    let start = 0;
    let end = chunk.indexOf(LINE_FEED);
    while (end >= 0 && end < length) {
      const bytes = Buffer.concat([...parts, chunk.subarray(start, end)]);
      yield { bytes, offset, isComplete: true };
      parts = [];
      start = end + 1;
      offset = position + start;
      end = chunk.indexOf(LINE_FEED, start);
    }
    parts.push(Buffer.from(chunk.subarray(start, length)));
    position += length;
    // The start of the line cannot have its checksum, so the reader reports that the file is corrupt.
    if (position - offset > MAX_LINE_BYTES) {
      yield { bytes: Buffer.concat(parts), offset, isComplete: true };
      return;
    }
  }
  const bytes = Buffer.concat(parts);
  if (bytes.length > 0) yield { bytes, offset, isComplete: false };
}
