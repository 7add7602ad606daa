import type { Condition } from "./Condition";

/** Properties that statements of all policies have in common. */
interface BaseStatement {
  readonly effect: "Allow" | "Deny";

  /** Patterns of actions, such as `lambda:Invoke*`. */
  readonly actions: readonly string[];

  /** Conditions that a request must meet, if any. */
  readonly conditions?: readonly Condition[];

  /** Lists that exclude instead of include (`NotAction`, `NotResource`), if any. */
  readonly inverted?: readonly ("actions" | "resources")[];
}

/** A statement of a permission or session policy. */
export interface Statement extends BaseStatement {
  /** Patterns of ARNs. */
  readonly resources: readonly string[];
}

/** A statement of a role's trust policy. */
export interface TrustStatement extends BaseStatement {
  /** Account IDs, ARNs, or `*`. */
  readonly principals: readonly string[];

  /** AWS services, such as `rolesanywhere.amazonaws.com`. */
  readonly services: readonly string[];
}
