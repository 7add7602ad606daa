import type { Method, Methods } from "./Method";
import type { Value } from "../values/Value";

/** A class that expressions may use. */
export interface JavaClass {
  /** With its package, as Java has it. */
  readonly name: string;

  /** What is called on the class itself. Absent: nothing. */
  readonly statics?: Methods<null>;

  /** Its constants. Absent: none. */
  readonly constants?: Readonly<Record<string, Value>>;

  /** What `new` makes. Absent: it cannot be made. */
  readonly construct?: Method<null>;

  /** Whether a value is an instance of it, for `instanceof`. Absent: none is. */
  readonly isInstance?: (value: Value) => boolean;
}
