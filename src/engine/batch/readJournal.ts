import { setImmediate as nextTurn } from "node:timers/promises";
import { linesOf, type Line } from "./lines";
import { Ranges } from "./Ranges";
import { FORMAT, readLine, SEAL_BYTES, unseal, VERSION } from "./record";

/** Where the outcome of a request stands in the file, in bytes. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

/** What the runs before this one left in the file. */
export interface JournalContents {
  /** Requests that were met: all before this place in the input. */
  met: number;
  done: number;
  failed: number;
  readonly taken: Ranges;
  /** Outcomes that are still to be told. */
  readonly untold: Map<number, Place>;
  /** Requests that were met and certainly did not run. */
  readonly back: Set<number>;
  /** The checksum of the last line. */
  sum: number;
  /** Where the next line goes, in bytes. */
  end: number;
}

/** Why a file cannot be used, in words. */
export class JournalError extends Error {}

/** How many lines are read before somebody else has a turn. */
const LINES_A_TURN = 2_000;

/**
 * Reads a file from its beginning to its end. A last line that was cut off, as a process was killed while it wrote, counts as
 * not written.
 *
 * @param includeEarlier - Whether outcomes that were taken are told again.
 * @throws `PastError` where it is no such file, or a damaged one.
 */
export async function readJournal(
  file: number,
  { includeEarlier }: { readonly includeEarlier: boolean },
): Promise<JournalContents> {
  const past: JournalContents = {
    met: 0,
    done: 0,
    failed: 0,
    taken: new Ranges(),
    untold: new Map(),
    back: new Set(),
    sum: 0,
    end: 0,
  };
  let number = 0;
  for (const line of linesOf(file)) {
    number++;
    if (number === 1) checkHeader(line);
    if (!line.isWhole) break;
    const sum = unseal(line.bytes, past.sum);
    if (sum === undefined) throw damaged(number);
    if (number > 1 && !note(past, line, includeEarlier)) throw damaged(number);
    past.sum = sum;
    past.end = line.at + line.bytes.length + 1;
    if (number % LINES_A_TURN === 0) await nextTurn();
  }
  return past;
}

function damaged(number: number): JournalError {
  return new JournalError(
    `resumeFile is damaged in line ${number}, and what has run cannot be told from it; restore it from a copy, or give another file to run everything`,
  );
}

/** The first line without its checksum, which is known to fit or not when everything else is. */
function checkHeader({ bytes, isWhole }: Line): void {
  const text = bytes.toString("latin1", SEAL_BYTES, SEAL_BYTES + 100);
  const header = `${FORMAT} ${VERSION}`;
  if (isWhole ? text === header : isBeginning(bytes)) return;
  const version = text.startsWith(`${FORMAT} `)
    ? /^\d{1,9}$/.exec(text.slice(FORMAT.length + 1))?.[0]
    : undefined;
  if (version !== undefined)
    throw new JournalError(
      `resumeFile has version ${version} of the format, and this package reads version ${VERSION}; go on with the package that wrote it`,
    );
  throw new JournalError(
    "resumeFile is another kind of file, and is left as it is; give the name of one that InvokeMany wrote, or of one that is not there",
  );
}

/** A first line that was cut off may be made anew; whatever else has no end is somebody else's. */
function isBeginning(bytes: Buffer): boolean {
  const header = `${FORMAT} ${VERSION}`;
  const seal = bytes.toString("latin1", 0, SEAL_BYTES);
  const rest = bytes.toString("latin1", SEAL_BYTES);
  return /^[\da-f]{0,8} ?$/.test(seal) && header.startsWith(rest);
}

/** Takes note of one line; `false` where it tells what cannot be. */
function note(
  past: JournalContents,
  line: Line,
  includeEarlier: boolean,
): boolean {
  const told = readLine(line.bytes);
  if (!told) return false;
  const { kind, index } = told;
  if (kind === "start") return index === past.met++;
  if (index >= past.met) return false;
  if (kind === "again") past.back.delete(index);
  else if (kind === "back") past.back.add(index);
  else if (kind === "taken") {
    past.taken.add(index);
    if (!includeEarlier) past.untold.delete(index);
  } else {
    past.done++;
    if (kind === "failed") past.failed++;
    const { at, bytes } = line;
    past.untold.set(index, { at, length: bytes.length });
  }
  return true;
}
