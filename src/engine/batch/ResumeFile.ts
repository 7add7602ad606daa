import { closeSync, ftruncateSync, readSync, writeSync } from "node:fs";
import type { BatchOutcome } from "./BatchOutcome";
import { lockFile } from "./lockFile";
import { parseOutcome, serializeOutcome } from "./outcomeJson";
import { readLines } from "./readLines";
import { openResumeFile } from "./openResumeFile";
import { readResumeFile, type ResumeState } from "./readResumeFile";
import {
  addChecksum,
  CHECKSUM_BYTES,
  FORMAT,
  formatRecord,
  parseRecord,
  VERSION,
  type RecordKind,
} from "./resumeRecord";

/**
 * What to do with a request. `send`: send it. `skip`: nothing, since the caller received its outcome. `return`: return the
 * recorded outcome. `unknown`: a previous run sent it, and it is not known whether the function ran.
 */
export type ResumeAction = "send" | "skip" | "return" | "unknown";

/** A request is not the one that the file recorded at its index. */
export class RequestMismatchError extends Error {}

interface ResumeFileInit {
  readonly file: number;
  readonly state: ResumeState;
  readonly unlock: () => void;
  /** Whether outcomes that the caller has received are returned again. */
  readonly includeEarlier: boolean;
}

/**
 * The resume file of one run. Each step is in the file before the next step depends on it. Lines are only appended, each by
 * one system call, so what was written survives the process.
 */
export class ResumeFile {
  readonly #file: number;
  readonly #state: ResumeState;
  readonly #unlock: () => void;
  readonly #includeEarlier: boolean;
  readonly #identities: Generator<string>;
  /** Lines that are not in the file yet. */
  #lines = "";
  #isBroken = false;

  private constructor(init: ResumeFileInit) {
    const { file, state, unlock, includeEarlier } = init;
    this.#file = file;
    this.#state = state;
    this.#unlock = unlock;
    this.#includeEarlier = includeEarlier;
    this.#identities = readIdentities(file);
  }

  /**
   * Opens a resume file that no other user can read or write, or creates one.
   *
   * @param options - `includeEarlier`: whether outcomes that the caller has received are returned again.
   * @throws {@link ResumeFileError}, `FileLockedError`, or an error of the file system.
   */
  static async open(
    path: string,
    options: { readonly includeEarlier: boolean },
  ): Promise<ResumeFile> {
    const unlock = lockFile(path);
    let file: number | undefined;
    try {
      file = openResumeFile(path);
      const state = await readResumeFile(file, options);
      ftruncateSync(file, state.byteLength);
      const resumeFile = new ResumeFile({ file, state, unlock, ...options });
      if (state.byteLength === 0) resumeFile.#append(`${FORMAT} ${VERSION}`);
      resumeFile.flush();
      return resumeFile;
    } catch (error) {
      if (file !== undefined) closeSync(file);
      unlock();
      throw error;
    }
  }

  /** The counts of previous runs. */
  get previous(): { readonly done: number; readonly failed: number } {
    return this.#state;
  }

  /** Number of recorded requests: all those with an index below it. */
  get registeredCount(): number {
    return this.#state.registeredCount;
  }

  /**
   * Registers the next request of the input, and returns what to do with it. A request may be sent after the next
   * {@link flush}.
   *
   * @throws {@link RequestMismatchError}.
   */
  register(index: number, identify: () => string): ResumeAction {
    const state = this.#state;
    if (index >= state.registeredCount) {
      state.registeredCount++;
      this.#record("start", index, identify());
      return "send";
    }
    if (this.#identities.next().value !== identify())
      throw new RequestMismatchError();
    if (state.outcomes.has(index)) return "return";
    if (state.taken.has(index)) return "skip";
    if (!state.notRun.has(index)) return "unknown";
    this.recordResend(index);
    return "send";
  }

  /** Reads the recorded outcome of a request. */
  readOutcome(index: number): BatchOutcome {
    const range = this.#state.outcomes.get(index) ?? { offset: 0, length: 0 };
    this.#state.outcomes.delete(index);
    const bytes = Buffer.allocUnsafe(range.length);
    readSync(this.#file, bytes, 0, range.length, range.offset);
    const text = bytes.toString("utf8", CHECKSUM_BYTES);
    return parseOutcome(index, text.slice(text.indexOf("{")));
  }

  /** Records that a request is sent again. */
  recordResend(index: number): void {
    this.#state.notRun.delete(index);
    this.#record("again", index);
  }

  /** Records that a request certainly did not run. */
  recordNotRun(index: number): void {
    this.#state.notRun.add(index);
    this.#record("back", index);
  }

  /** Records the outcome of a request. */
  recordOutcome(outcome: BatchOutcome): void {
    const kind = outcome.error ? "failed" : "done";
    this.#record(kind, outcome.index, serializeOutcome(outcome));
  }

  /** Records that the caller received an outcome. Not needed if every run returns all outcomes. */
  recordTaken(index: number): void {
    if (this.#includeEarlier) return;
    this.#record("taken", index);
  }

  /** Writes everything recorded so far to the file. After a failure, nothing more is written. */
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

  /** Writes what remains, closes the file and releases its lock. */
  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
      this.#unlock();
    }
  }

  #record(kind: RecordKind, index: number, text = ""): void {
    this.#append(formatRecord({ kind, index, text }));
  }

  #append(text: string): void {
    const { line, checksum } = addChecksum(text, this.#state.checksum);
    this.#lines += line;
    this.#state.checksum = checksum;
  }
}

/** Yields the identities of the recorded requests, in the order of the input. */
function* readIdentities(file: number): Generator<string> {
  for (const { bytes } of readLines(file)) {
    const record = parseRecord(bytes);
    if (record?.kind === "start") yield record.text;
  }
}
