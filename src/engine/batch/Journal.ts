import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { fromText, toText } from "./outcomeText";
import { linesOf } from "./lines";
import { lock } from "./lock";
import type { Outcome } from "./Outcome";
import { JournalError, readJournal, type JournalContents } from "./readJournal";
import {
  FORMAT,
  readLine,
  seal,
  SEAL_BYTES,
  toLine,
  VERSION,
  type Kind,
} from "./record";

/**
 * What is to be done with a request that was met: `run` it; nothing, as its outcome was `taken`; `tell` the outcome that is
 * there; it went out, and nobody knows what became of it: `doubt`.
 */
export type Todo = "run" | "taken" | "tell" | "doubt";

/** The request at this place is not the one that the file knows. */
export class OtherInputError extends Error {}

interface JournalFacts {
  readonly file: number;
  readonly past: JournalContents;
  readonly unlock: () => void;
  /** Whether outcomes that were taken are told again. */
  readonly includeEarlier: boolean;
}

/**
 * The resume file of one run: what is met, sent and done is on it before anybody acts upon it. Lines are only ever added, and
 * a line is written by one call of the system: it outlives the process.
 */
export class Journal {
  readonly #file: number;
  readonly #past: JournalContents;
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
  ): Promise<Journal> {
    const unlock = lock(path);
    let file: number | undefined;
    try {
      file = openSync(path, "a+", 0o600);
      if (!fstatSync(file).isFile())
        throw new JournalError("resumeFile takes the name of a file");
      const past = await readJournal(file, options);
      ftruncateSync(file, past.end);
      const journal = new Journal({ file, past, unlock, ...options });
      if (past.end === 0) journal.#add(`${FORMAT} ${VERSION}`);
      journal.flush();
      return journal;
    } catch (error) {
      if (file !== undefined) closeSync(file);
      unlock();
      throw error;
    }
  }

  /** How far the runs before this one came. */
  get before(): { readonly done: number; readonly failed: number } {
    return this.#past;
  }

  /** Requests that the file knows: all before this place. */
  get met(): number {
    return this.#past.met;
  }

  /**
   * Meets the next request of the input, and tells what is to be done with it. What is to be run may go out after the next
   * {@link flush}.
   *
   * @throws `OtherInputError`.
   */
  meet(index: number, identity: () => string): Todo {
    const past = this.#past;
    if (index >= past.met) {
      past.met++;
      this.#note("start", index, identity());
      return "run";
    }
    if (this.#identities.next().value !== identity())
      throw new OtherInputError();
    if (past.untold.has(index)) return "tell";
    if (past.taken.has(index)) return "taken";
    if (!past.back.has(index)) return "doubt";
    this.again(index);
    return "run";
  }

  /** The outcome that stands in the file. */
  outcomeOf(index: number): Outcome {
    const place = this.#past.untold.get(index) ?? { at: 0, length: 0 };
    this.#past.untold.delete(index);
    const bytes = Buffer.allocUnsafe(place.length);
    readSync(this.#file, bytes, 0, place.length, place.at);
    const text = bytes.toString("utf8", SEAL_BYTES);
    return fromText(index, text.slice(text.indexOf("{")));
  }

  /** It goes out once more. */
  again(index: number): void {
    this.#past.back.delete(index);
    this.#note("again", index);
  }

  /** It certainly did not run. */
  back(index: number): void {
    this.#past.back.add(index);
    this.#note("back", index);
  }

  /** It is done. */
  settle(outcome: Outcome): void {
    const kind = outcome.error ? "failed" : "done";
    this.#note(kind, outcome.index, toText(outcome));
  }

  /** Somebody took its outcome. Not noted where all of them are told again each time. */
  take(index: number): void {
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

  #note(kind: Kind, index: number, text = ""): void {
    this.#add(toLine({ kind, index, text }));
  }

  #add(text: string): void {
    const { line, sum } = seal(text, this.#past.sum);
    this.#lines += line;
    this.#past.sum = sum;
  }
}

/** The identities of the requests that were met, in the order of the input: the one in which they were met. */
function* identitiesIn(file: number): Generator<string> {
  for (const { bytes } of linesOf(file)) {
    const line = readLine(bytes);
    if (line?.kind === "start") yield line.text;
  }
}
