import { setImmediate as nextTurn } from "node:timers/promises";
import { readLines, type Line } from "./readLines";
import { IntegerSet } from "./IntegerSet";
import {
  FORMAT,
  parseRecord,
  CHECKSUM_BYTES,
  verifyChecksum,
  VERSION,
} from "./resumeRecord";

/** Where the outcome of a request stands in the file, in bytes. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** What the runs before this one left in the file. */
export interface ResumeState {
  /** Requests that were met: all before this place in the input. */
  registeredCount: number;
  done: number;
  failed: number;
  readonly taken: IntegerSet;
  /** Outcomes that are still to be told. */
  readonly outcomes: Map<number, ByteRange>;
  /** Requests that were met and certainly did not run. */
  readonly notRun: Set<number>;
  /** The checksum of the last line. */
  checksum: number;
  /** Where the next line goes, in bytes. */
  byteLength: number;
}

/** Why a file cannot be used, in words. */
export class ResumeFileError extends Error {}

/** How many lines are read before somebody else has a turn. */
const LINES_A_TURN = 2_000;

/**
 * Reads a file from its beginning to its end. A last line that was cut off, as a process was killed while it wrote, counts as
 * not written.
 *
 * @param includeEarlier - Whether outcomes that were taken are told again.
 * @throws `PastError` where it is no such file, or a damaged one.
 */
export async function readResumeFile(
  file: number,
  { includeEarlier }: { readonly includeEarlier: boolean },
): Promise<ResumeState> {
  const past: ResumeState = {
    registeredCount: 0,
    done: 0,
    failed: 0,
    taken: new IntegerSet(),
    outcomes: new Map(),
    notRun: new Set(),
    checksum: 0,
    byteLength: 0,
  };
  let number = 0;
  for (const line of readLines(file)) {
    number++;
    if (number === 1) checkHeader(line);
    if (!line.isComplete) break;
    const sum = verifyChecksum(line.bytes, past.checksum);
    if (sum === undefined) throw damaged(number);
    if (number > 1 && !note(past, line, includeEarlier)) throw damaged(number);
    past.checksum = sum;
    past.byteLength = line.offset + line.bytes.length + 1;
    if (number % LINES_A_TURN === 0) await nextTurn();
  }
  return past;
}

function damaged(number: number): ResumeFileError {
  return new ResumeFileError(
    `resumeFile is damaged in line ${number}, and what has run cannot be told from it; restore it from a copy, or give another file to run everything`,
  );
}

/** The first line without its checksum, which is known to fit or not when everything else is. */
function checkHeader({ bytes, isComplete: isWhole }: Line): void {
  const text = bytes.toString("latin1", CHECKSUM_BYTES, CHECKSUM_BYTES + 100);
  const header = `${FORMAT} ${VERSION}`;
  if (isWhole ? text === header : isBeginning(bytes)) return;
  const version = text.startsWith(`${FORMAT} `)
    ? /^\d{1,9}$/.exec(text.slice(FORMAT.length + 1))?.[0]
    : undefined;
  if (version !== undefined)
    throw new ResumeFileError(
      `resumeFile has version ${version} of the format, and this package reads version ${VERSION}; go on with the package that wrote it`,
    );
  throw new ResumeFileError(
    "resumeFile is another kind of file, and is left as it is; give the name of one that InvokeMany wrote, or of one that is not there",
  );
}

/** A first line that was cut off may be made anew; whatever else has no end is somebody else's. */
function isBeginning(bytes: Buffer): boolean {
  const header = `${FORMAT} ${VERSION}`;
  const seal = bytes.toString("latin1", 0, CHECKSUM_BYTES);
  const rest = bytes.toString("latin1", CHECKSUM_BYTES);
  return /^[\da-f]{0,8} ?$/.test(seal) && header.startsWith(rest);
}

/** Takes note of one line; `false` where it tells what cannot be. */
function note(past: ResumeState, line: Line, includeEarlier: boolean): boolean {
  const told = parseRecord(line.bytes);
  if (!told) return false;
  const { kind, index } = told;
  if (kind === "start") return index === past.registeredCount++;
  if (index >= past.registeredCount) return false;
  if (kind === "again") past.notRun.delete(index);
  else if (kind === "back") past.notRun.add(index);
  else if (kind === "taken") {
    past.taken.add(index);
    if (!includeEarlier) past.outcomes.delete(index);
  } else {
    past.done++;
    if (kind === "failed") past.failed++;
    const { offset: at, bytes } = line;
    past.outcomes.set(index, { offset: at, length: bytes.length });
  }
  return true;
}
