import type { Node } from "../syntax/Node";
import type { Meter } from "../metering/Meter";
import type { Scope } from "./Scope";
import type { Value } from "../values/Value";

/** The state of one evaluation. */
export interface Frame {
  readonly scope: Scope;
  readonly meter: Meter;

  /** The current element of a selection or projection (`#this`). Null outside of one. */
  readonly self: Value;
}

/** A compiled expression. */
export type Run = (frame: Frame) => Value;

/** The template that an expression is compiled from. */
export interface Place {
  /** The whole template. */
  readonly text: string;
}

/** What a compile function needs to compile the parts of a node. */
export interface Compiling {
  readonly place: Place;
  readonly compile: (node: Node, place: Place) => Run;
}
