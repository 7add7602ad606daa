/**
 * What an evaluation may take.
 *
 * @category Gateway
 */
export interface Bounds {
  /** In milliseconds. Absent: 50. */
  readonly timeoutMs?: number | undefined;

  /** Of texts and collections that an evaluation makes, in bytes. Absent: 16 MB. */
  readonly bytes?: number | undefined;

  /** What tells the milliseconds. Absent: the machine's steady clock. */
  readonly clock?: (() => number) | undefined;
}

/**
 * What expressions see. Evaluations over one scope share what they have parsed: give each exchange its own, and a new
 * one when a variable changes.
 *
 * @example
 * const scope = { variables: { lambdaResponse: { status: 200, content: '{"level":5}' } } };
 *
 * @category Gateway
 */
export interface Scope {
  /**
   * The variables by name, without `#`. JSON-like values, `Map`, `Date`, `Uint8Array` and what `Bean`, `MultiMap` and
   * `AttributeMap` make; functions, instances of other classes and accessors are not reached.
   */
  readonly variables: Readonly<Record<string, unknown>>;

  /** Absent: 50 ms and 16 MB. */
  readonly bounds?: Bounds | undefined;
}
