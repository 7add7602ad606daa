import type { Frame } from "../scope/Frame";
import type { Value } from "../values/Value";

/** A function that has been made ready for the arguments that are literals. */
export type Prepared = (args: readonly Value[], frame: Frame) => Value;

/** A function of the language, called as `#name(…)`. */
export interface BuiltIn {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;

  /** How it is written, for errors. */
  readonly usage: string;

  /** Makes it ready. The arguments that are literals are known, the others `undefined`; what fails is told at once. */
  readonly prepare: (literals: readonly (Value | undefined)[]) => Prepared;
}
