/**
 * The limits of one evaluation.
 *
 * @category Gateway
 */
export interface Bounds {
  /** Time limit in milliseconds. Defaults to 50. */
  readonly timeoutMs?: number | undefined;

  /** Limit on the strings and collections that an evaluation creates, in bytes. Defaults to 16 MB. */
  readonly bytes?: number | undefined;

  /** Returns the current time in milliseconds. Defaults to `performance.now`. */
  readonly clock?: (() => number) | undefined;
}
