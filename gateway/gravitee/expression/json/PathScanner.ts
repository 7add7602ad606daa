import { fail } from "../errors/Fault";

/** Maximum nesting depth of a path. */
const DEEPEST = 50;

/** Reads a JSONPath from left to right. */
export class PathScanner {
  at = 0;
  #depth = 0;

  constructor(readonly text: string) {}

  /** Whether the whole path has been read. */
  get isDone(): boolean {
    return this.at >= this.text.length;
  }

  /** Consumes the match of a sticky regular expression at the current position. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  /** Consumes a string if it is at the current position. */
  takeIf(part: string): boolean {
    const isNext = this.text.startsWith(part, this.at);
    if (isNext) this.at += part.length;
    return isNext;
  }

  /** Skips whitespace. */
  skip(): void {
    this.take(/\s*/y);
  }

  /** Skips whitespace, and consumes a string if it follows. */
  takeBehindBlanks(part: string): boolean {
    this.skip();
    return this.takeIf(part);
  }

  /**
   * Skips whitespace, and consumes a string, which must follow.
   *
   * @throws Fault when it does not follow.
   */
  expect(part: string): void {
    this.skip();
    if (!this.takeIf(part)) this.refuse(`expected "${part}"`);
  }

  /** Reads a nested part, and limits the nesting depth of the whole path. */
  within<Part>(read: () => Part): Part {
    if (this.#depth >= DEEPEST)
      this.refuse(`expected at most ${DEEPEST} nested parentheses and filters`);
    this.#depth++;
    const part = read();
    this.#depth--;
    return part;
  }

  /** Fails at the current position, and reports what was expected there. */
  refuse(expected: string): never {
    const found = this.isDone
      ? "the end of the path"
      : `"${this.text.slice(this.at, this.at + 20)}"`;
    return fail(
      `invalid JSONPath at character ${this.at + 1}; ${expected} but found ${found}`,
    );
  }
}

/** Matches a quoted string. */
export const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y;
