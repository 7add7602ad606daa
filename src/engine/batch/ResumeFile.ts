import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { parseOutcome, serializeOutcome } from "./outcomeJson";
import { readLines } from "./readLines";
import { lockFile } from "./lockFile";
import type { BatchOutcome } from "./OutcomeQueue";
import {
  ResumeFileError,
  readResumeFile,
  type ResumeState,
} from "./readResumeFile";
import {
  FORMAT,
  parseRecord,
  addChecksum,
  CHECKSUM_BYTES,
  formatRecord,
  VERSION,
  type RecordKind,
} from "./resumeRecord";

/**
 * What is to be done with a request that was met: `run` it; nothing, as its outcome was `taken`; `tell` the outcome that is
 * there; it went out, and nobody knows what became of it: `doubt`.
 */
export type ResumeAction = "run" | "taken" | "tell" | "doubt";

/** The request at this place is not the one that the file knows. */
export class RequestMismatchError extends Error {}

interface JournalFacts {
  readonly file: number;
  readonly past: ResumeState;
  readonly unlock: () => void;
  /** Whether outcomes that were taken are told again. */
  readonly includeEarlier: boolean;
}

/**
 * The resume file of one run: what is met, sent and done is on it before anybody acts upon it. Lines are only ever added, and
 * a line is written by one call of the system: it outlives the process.
 */
export class ResumeFile {
  readonly #file: number;
  readonly #past: ResumeState;
  readonly #unlock: () => void;
  readonly #includeEarlier: boolean;
  readonly #identities: Generator<string>;
  #lines = "";
  #isBroken = false;

  private constructor(facts: JournalFacts) {
    const { file, past, unlock, includeEarlier } = facts;
    this.#file = file;
    this.#past = past;
    this.#unlock = unlock;
    this.#includeEarlier = includeEarlier;
    this.#identities = identitiesIn(file);
  }

  /**
   * Opens a file, or makes a new one that only its owner can read.
   *
   * @param options - `includeEarlier`: whether outcomes that were taken are told again.
   * @throws `PastError`, `LockedError`, or what the file system throws.
   */
  static async open(
    path: string,
    options: { readonly includeEarlier: boolean },
  ): Promise<ResumeFile> {
    const unlock = lockFile(path);
    let file: number | undefined;
    try {
      file = openSync(path, "a+", 0o600);
      if (!fstatSync(file).isFile())
        throw new ResumeFileError("resumeFile takes the name of a file");
      const past = await readResumeFile(file, options);
      ftruncateSync(file, past.byteLength);
      const journal = new ResumeFile({ file, past, unlock, ...options });
      if (past.byteLength === 0) journal.#add(`${FORMAT} ${VERSION}`);
      journal.flush();
      return journal;
    } catch (error) {
      if (file !== undefined) closeSync(file);
      unlock();
      throw error;
    }
  }

  /** How far the runs before this one came. */
  get previous(): { readonly done: number; readonly failed: number } {
    return this.#past;
  }

  /** Requests that the file knows: all before this place. */
  get registeredCount(): number {
    return this.#past.registeredCount;
  }

  /**
   * Meets the next request of the input, and tells what is to be done with it. What is to be run may go out after the next
   * {@link flush}.
   *
   * @throws `OtherInputError`.
   */
  register(index: number, identity: () => string): ResumeAction {
    const past = this.#past;
    if (index >= past.registeredCount) {
      past.registeredCount++;
      this.#note("start", index, identity());
      return "run";
    }
    if (this.#identities.next().value !== identity())
      throw new RequestMismatchError();
    if (past.outcomes.has(index)) return "tell";
    if (past.taken.has(index)) return "taken";
    if (!past.notRun.has(index)) return "doubt";
    this.recordResend(index);
    return "run";
  }

  /** The outcome that stands in the file. */
  readOutcome(index: number): BatchOutcome {
    const place = this.#past.outcomes.get(index) ?? { offset: 0, length: 0 };
    this.#past.outcomes.delete(index);
    const bytes = Buffer.allocUnsafe(place.length);
    readSync(this.#file, bytes, 0, place.length, place.offset);
    const text = bytes.toString("utf8", CHECKSUM_BYTES);
    return parseOutcome(index, text.slice(text.indexOf("{")));
  }

  /** It goes out once more. */
  recordResend(index: number): void {
    this.#past.notRun.delete(index);
    this.#note("again", index);
  }

  /** It certainly did not run. */
  recordNotRun(index: number): void {
    this.#past.notRun.add(index);
    this.#note("back", index);
  }

  /** It is done. */
  recordOutcome(outcome: BatchOutcome): void {
    const kind = outcome.error ? "failed" : "done";
    this.#note(kind, outcome.index, serializeOutcome(outcome));
  }

  /** Somebody took its outcome. Not noted where all of them are told again each time. */
  recordTaken(index: number): void {
    if (this.#includeEarlier) return;
    this.#note("taken", index);
  }

  /** What was noted is on the file when this comes back. Where it could not be written, nothing more is. */
  flush(): void {
    if (this.#lines === "" || this.#isBroken) return;
    const bytes = Buffer.from(this.#lines);
    this.#lines = "";
    this.#isBroken = true;
    let written = 0;
    while (written < bytes.length)
      written += writeSync(this.#file, bytes, written);
    this.#isBroken = false;
  }

  /** Writes what is left, and lets go of the file. */
  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
      this.#unlock();
    }
  }

  #note(kind: RecordKind, index: number, text = ""): void {
    this.#add(formatRecord({ kind, index, text }));
  }

  #add(text: string): void {
    const { line, sum } = addChecksum(text, this.#past.checksum);
    this.#lines += line;
    this.#past.checksum = sum;
  }
}

/** The identities of the requests that were met, in the order of the input: the one in which they were met. */
function* identitiesIn(file: number): Generator<string> {
  for (const { bytes } of readLines(file)) {
    const line = parseRecord(bytes);
    if (line?.kind === "start") yield line.text;
  }
}
