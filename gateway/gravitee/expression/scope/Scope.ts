import type { Bounds } from "../metering/Bounds";

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
