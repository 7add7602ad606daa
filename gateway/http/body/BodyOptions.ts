import type { Readable } from "node:stream";

/**
 * Options of a body.
 *
 * @category Gateway
 */
export interface BodyOptions {
  /** Length in bytes, if it is known before the stream ends, or of a body that can no longer be read. */
  readonly length?: number | undefined;

  /** Returns the trailers after the stream has ended, as name, value, name, value. Defaults to no trailers. */
  readonly trailers?: (() => readonly string[]) | undefined;

  /** Why the bytes are no longer available, for example because a body parser has read them. */
  readonly readError?: Error | undefined;

  /** Called with the stream if the body is discarded. Defaults to destroying it. */
  readonly discardStream?: ((source: Readable) => void) | undefined;

  /**
   * Called if the body is discarded before its stream has been opened.
   *
   * @internal
   */
  readonly discardUnopened?: (() => void) | undefined;

  /**
   * Makes the reader of the stream fail. Defaults to destroying the stream.
   *
   * @internal
   */
  readonly failStream?: ((source: Readable, error: Error) => void) | undefined;
}
