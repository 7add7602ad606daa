import { placeIn, type Place } from "./Place";

/** The position at which an expression failed. */
export interface FailedAt {
  /** The whole template. */
  readonly text: string;

  /** Start of the failing part of the expression, as an offset in the template. */
  readonly offset: number;

  /** The expression, without its braces. The whole template if its result could not be converted. */
  readonly expression: string;
}

/**
 * Thrown when an expression fails during evaluation. The message starts with the position.
 *
 * @category Gateway
 */
export class EvaluationError extends Error implements Place {
  /** `EvaluationError`. */
  override readonly name = "EvaluationError";

  /** The expression, without its braces. */
  readonly expression: string;

  /** Offset of the failing part in the template, counted from 0. */
  readonly offset: number;

  /** Line of the failing part, counted from 1. */
  readonly line: number;

  /** Column of the failing part, counted from 1. */
  readonly column: number;

  /** What failed, without the position. */
  readonly reason: string;

  /** Created when an expression fails. */
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
