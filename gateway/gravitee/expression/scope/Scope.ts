import type { Bounds } from "../metering/Bounds";
import type { Meter } from "../metering/Meter";

/**
 * The variables that expressions can read, and the limits of their evaluation. Evaluations with the same scope share
 * parsed JSON and XML: create one scope per exchange, and a new one when a variable changes.
 *
 * @example
 * const scope = {
 *   variables: { lambdaResponse: { status: 200, content: '{"level":5}' } },
 * };
 *
 * @category Gateway
 */
export interface Scope {
  /**
   * The variables by name, without `#`. Values are JSON-like values, `Map`, `Date`, `Uint8Array`, `Bean`, `MultiMap` and
   * `AttributeMap`. Expressions cannot read functions, accessors or instances of other classes.
   */
  readonly variables: Readonly<Record<string, unknown>>;

  /**
   * Measures all evaluations with this scope together. Optional; defaults to a new meter with the limits of `bounds` for each
   * evaluation.
   */
  readonly meter?: Meter | undefined;

  /** The limits of each evaluation. Optional; defaults to 50 ms and 16 MB. */
  readonly bounds?: Bounds | undefined;
}
