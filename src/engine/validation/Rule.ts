import type { Issue } from "../../errors";

/** A broken rule. Its path is that of the value, unless it has a path of its own, for a property of the value. */
export type Violation = Pick<Issue, "rule" | "message"> & Partial<Issue>;

/** Returns the rule that a value breaks; `undefined` if it is valid. */
export type Rule = (value: unknown) => Violation | undefined;
