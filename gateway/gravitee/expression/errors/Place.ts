/** A position in a template. */
export interface Place {
  /** Counted from 0. */
  readonly offset: number;

  /** Counted from 1. */
  readonly line: number;

  /** Counted from 1. */
  readonly column: number;
}

/** Calculates the line and column of an offset. */
export function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return {
    offset,
    line: before.split("\n").length,
    column: offset - lineStart + 1,
  };
}
