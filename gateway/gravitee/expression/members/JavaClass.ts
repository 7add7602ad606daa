import type { Method, Methods } from "./Method";
import type { Value } from "../values/Value";

/** A Java class that expressions can use. */
export interface JavaClass {
  /** Name of the class, with its package. */
  readonly name: string;

  /** Its static methods. Optional; defaults to none. */
  readonly statics?: Methods<null>;

  /** Its constants. Optional; defaults to none. */
  readonly constants?: Readonly<Record<string, Value>>;

  /** Its constructor. Optional; without it, the class cannot be created with `new`. */
  readonly construct?: Method<null>;

  /** Whether a value is an instance of it, for `instanceof`. Optional; without it, no value is. */
  readonly isInstance?: (value: Value) => boolean;
}
