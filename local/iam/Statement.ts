import type { Condition } from "./Condition";

/** What the statements of all policies have in common, ready to be evaluated. */
interface BaseStatement {
  readonly effect: "Allow" | "Deny";

  /** Patterns, such as `lambda:Invoke*`. */
  readonly actions: readonly string[];

  /** What a request must be like besides. Absent: the statement has no conditions. */
  readonly conditions?: readonly Condition[];

  /** Lists of what the statement is not about, but about all else (`NotAction`, `NotResource`). Absent: none of them. */
  readonly inverted?: readonly ("actions" | "resources")[];
}

/** A statement of a permission or session policy. */
export interface Statement extends BaseStatement {
  /** Patterns of ARNs. */
  readonly resources: readonly string[];
}

/** A statement of a role's trust policy. */
export interface TrustStatement extends BaseStatement {
  /** Account ids, ARNs, or `*`. */
  readonly principals: readonly string[];

  /** Services of AWS, such as `rolesanywhere.amazonaws.com`. */
  readonly services: readonly string[];
}
