import { fail } from "../errors/Fault";

/** Reads the text of a path piece by piece. */
export class PathScanner {
  at = 0;

  constructor(readonly text: string) {}

  /** Whether all has been read. */
  get isDone(): boolean {
    return this.at >= this.text.length;
  }

  /** Takes what a sticky pattern finds here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  /** Takes a text that stands here. */
  takeIf(part: string): boolean {
    const isThere = this.text.startsWith(part, this.at);
    if (isThere) this.at += part.length;
    return isThere;
  }

  /** Passes blanks over. */
  skip(): void {
    this.take(/\s*/y);
  }

  /** Takes a text that stands here, or behind blanks. */
  takeBehindBlanks(part: string): boolean {
    this.skip();
    return this.takeIf(part);
  }

  /** Takes a text that has to stand here, after blanks. */
  expect(part: string): void {
    this.skip();
    if (!this.takeIf(part)) this.refuse(`expected ${part}`);
  }

  /** Says what was expected here. */
  refuse(expected: string): never {
    const found = this.isDone
      ? "its end"
      : this.text.slice(this.at, this.at + 20);
    return fail(
      `the path cannot be read at character ${this.at + 1}: ${expected}, and there is ${found}`,
    );
  }
}

/** A text in quotes, as it is written. */
export const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y;
