/** A statement of a permission or session policy, ready to be evaluated. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** A statement of a role's trust policy, ready to be evaluated. */
export interface TrustStatement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];

  /** Account ids, ARNs, or `*`. */
  readonly principals: readonly string[];

  /** Services of AWS, such as `rolesanywhere.amazonaws.com`. */
  readonly services: readonly string[];

  /** External ids of which the caller must present one. Absent: none is asked for. */
  readonly externalIds?: readonly string[];
}
