import type { Node } from "../syntax/Node";
import type { Meter } from "../metering/Meter";
import type { Scope } from "./Scope";
import type { Value } from "../values/Value";

/** What one evaluation works with. */
export interface Frame {
  readonly scope: Scope;
  readonly meter: Meter;

  /** The element of a selection or projection, as `#this`; else null. */
  readonly self: Value;
}

/** An expression that can be evaluated. */
export type Run = (frame: Frame) => Value;

/** What an expression is compiled in. */
export interface Place {
  /** The whole text. */
  readonly text: string;
}

/** What compiles the parts of a node. */
export interface Compiling {
  readonly place: Place;
  readonly compile: (node: Node, place: Place) => Run;
}
