import { placeIn, type Place } from "./Place";

/** Where an expression failed. */
export interface FailedAt {
  /** The whole text. */
  readonly text: string;

  /** Where the failing part of the expression begins in it. */
  readonly offset: number;

  /** The expression, without its braces; the whole text where it failed as a whole. */
  readonly expression: string;
}

/**
 * An expression that failed when it was evaluated.
 *
 * @category Gateway
 */
export class EvaluationError extends Error implements Place {
  /** `EvaluationError`. */
  override readonly name = "EvaluationError";

  /** The expression, without its braces. */
  readonly expression: string;

  /** Where in the text it failed, counted from 0. */
  readonly offset: number;

  /** The line of it, counted from 1. */
  readonly line: number;

  /** The column of it, counted from 1. */
  readonly column: number;

  /** What failed, without the place. */
  readonly reason: string;

  /** Made when an expression fails. */
  constructor(reason: string, at: FailedAt, options?: { cause?: unknown }) {
    const place = placeIn(at.text, at.offset);
    super(
      `line ${place.line}, column ${place.column}: ${reason}`,
      options?.cause === undefined ? undefined : { cause: options.cause },
    );
    this.reason = reason;
    this.expression = at.expression;
    this.offset = place.offset;
    this.line = place.line;
    this.column = place.column;
  }
}
