import { setImmediate as nextTurn } from "node:timers/promises";
import { IntegerSet } from "./IntegerSet";
import { createForeignFileError, ResumeFileError } from "./openResumeFile";
import { readLines, type Line } from "./readLines";
import {
  CHECKSUM_BYTES,
  FORMAT,
  parseRecord,
  verifyChecksum,
  VERSION,
} from "./resumeRecord";

/** Where the outcome of a request is in the file, in bytes. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** What previous runs recorded in the file. */
export interface ResumeState {
  /** Number of recorded requests: all those with an index below it. */
  registeredCount: number;
  done: number;
  failed: number;
  /** Requests whose outcome the caller received. */
  readonly taken: IntegerSet;
  /** Outcomes that the caller has yet to receive. */
  readonly outcomes: Map<number, ByteRange>;
  /** Recorded requests that certainly did not run. */
  readonly notRun: Set<number>;
  /** The checksum of the last line. */
  checksum: number;
  /** Where the next line is written, in bytes. */
  byteLength: number;
}

/** Number of lines that are read before other events are handled. */
const LINES_PER_TURN = 2_000;

/**
 * Reads a resume file from start to end. A last line that was cut off because the process was killed while writing it is
 * ignored.
 *
 * @param options - `includeEarlier`: whether outcomes that the caller has received are returned again.
 * @throws {@link ResumeFileError} if the file is not a resume file, or is corrupt.
 */
export async function readResumeFile(
  file: number,
  options: { readonly includeEarlier: boolean },
): Promise<ResumeState> {
  const state: ResumeState = {
    registeredCount: 0,
    done: 0,
    failed: 0,
    taken: new IntegerSet(),
    outcomes: new Map(),
    notRun: new Set(),
    checksum: 0,
    byteLength: 0,
  };
  let lineNumber = 0;
  for (const line of readLines(file)) {
    lineNumber++;
    if (lineNumber === 1) checkHeader(line);
    if (!line.isComplete) break;
    const checksum = verifyChecksum(line.bytes, state.checksum);
    if (checksum === undefined) throw createCorruptError(lineNumber);
    if (lineNumber > 1 && !applyRecord(state, line, options))
      throw createCorruptError(lineNumber);
    state.checksum = checksum;
    state.byteLength = line.offset + line.bytes.length + 1;
    if (lineNumber % LINES_PER_TURN === 0) await nextTurn();
  }
  return state;
}

function createCorruptError(lineNumber: number): ResumeFileError {
  return new ResumeFileError(
    `resumeFile is corrupt at line ${lineNumber}, so it is unknown which requests have run; restore it from a backup, or use another file to run all requests`,
  );
}

/** Checks the format in the first line. Its checksum is verified with that of every other line. */
function checkHeader({ bytes, isComplete }: Line): void {
  const text = bytes.toString("latin1", CHECKSUM_BYTES, CHECKSUM_BYTES + 100);
  const header = `${FORMAT} ${VERSION}`;
  if (isComplete ? text === header : isHeaderPrefix(bytes)) return;
  const version = text.startsWith(`${FORMAT} `)
    ? /^\d{1,9}$/.exec(text.slice(FORMAT.length + 1))?.[0]
    : undefined;
  if (version !== undefined)
    throw new ResumeFileError(
      `resumeFile has format version ${version}, but this package reads version ${VERSION}; continue with the version of the package that wrote it`,
    );
  throw createForeignFileError();
}

/** Whether the bytes are the start of a header that was cut off, which may be written again. Any other file is not ours. */
function isHeaderPrefix(bytes: Buffer): boolean {
  const header = `${FORMAT} ${VERSION}`;
  const checksum = bytes.toString("latin1", 0, CHECKSUM_BYTES);
  const rest = bytes.toString("latin1", CHECKSUM_BYTES);
  return /^[\da-f]{0,8} ?$/.test(checksum) && header.startsWith(rest);
}

/** Applies the record of one line to the state. Returns `false` if the record is invalid. */
function applyRecord(
  state: ResumeState,
  line: Line,
  { includeEarlier }: { readonly includeEarlier: boolean },
): boolean {
  const record = parseRecord(line.bytes);
  if (!record) return false;
  const { kind, index } = record;
  if (kind === "start") return index === state.registeredCount++;
  if (index >= state.registeredCount) return false;
  if (kind === "again") state.notRun.delete(index);
  else if (kind === "back") state.notRun.add(index);
  else if (kind === "taken") {
    state.taken.add(index);
    if (!includeEarlier) state.outcomes.delete(index);
  } else {
    state.done++;
    if (kind === "failed") state.failed++;
    const { offset, bytes } = line;
    state.outcomes.set(index, { offset, length: bytes.length });
  }
  return true;
}
