import { placeIn, type Place } from "./Place";

/**
 * Thrown by `parseTemplate` when an expression in a template is not valid. The message starts with the position.
 *
 * @category Gateway
 */
export class TemplateError extends Error implements Place {
  /** `TemplateError`. */
  override readonly name = "TemplateError";

  /** Offset of the error in the template, counted from 0. */
  readonly offset: number;

  /** Line of the error, counted from 1. */
  readonly line: number;

  /** Column of the error, counted from 1. */
  readonly column: number;

  /** What is wrong, without the position. */
  readonly reason: string;

  /** The error as a part of a sentence about the template. */
  get description(): string {
    return `is not valid at line ${this.line}, column ${this.column} (${this.reason})`;
  }

  /** Created when a template cannot be parsed. */
  constructor(reason: string, at: { text: string; offset: number }) {
    const place = placeIn(at.text, at.offset);
    super(`line ${place.line}, column ${place.column}: ${reason}`);
    this.reason = reason;
    this.offset = place.offset;
    this.line = place.line;
    this.column = place.column;
  }
}
