import { placeIn, type Place } from "./Place";

/**
 * A text whose expressions cannot be read. Thrown when it is parsed; the message begins with the place.
 *
 * @category Gateway
 */
export class TemplateError extends Error implements Place {
  /** `TemplateError`. */
  override readonly name = "TemplateError";

  /** Where in the text, counted from 0. */
  readonly offset: number;

  /** The line of it, counted from 1. */
  readonly line: number;

  /** The column of it, counted from 1. */
  readonly column: number;

  /** What is wrong there, without the place. */
  readonly reason: string;

  /** Made when a text is parsed. */
  constructor(reason: string, where: { text: string; offset: number }) {
    const place = placeIn(where.text, where.offset);
    super(`line ${place.line}, column ${place.column}: ${reason}`);
    this.reason = reason;
    this.offset = place.offset;
    this.line = place.line;
    this.column = place.column;
  }
}
