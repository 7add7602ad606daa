import type { Frame } from "../scope/Frame";
import type { Value } from "../values/Value";

/** A function after the preparation for its literal arguments. */
export type Prepared = (args: readonly Value[], frame: Frame) => Value;

/** A function of the expression language, called as `#name(…)`. */
export interface BuiltIn {
  /** Minimum and maximum number of arguments. */
  readonly least: number;
  readonly most: number;

  /** An example call, for error messages. */
  readonly usage: string;

  /**
   * Prepares a call while the template is parsed, so that errors are reported then. Receives the values of the literal
   * arguments, and `undefined` for the others.
   */
  readonly prepare: (literals: readonly (Value | undefined)[]) => Prepared;
}
