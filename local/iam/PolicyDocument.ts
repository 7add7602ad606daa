/** One statement of a policy, in AWS's JSON. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";

  /** Actions such as `lambda:InvokeFunction`; `*` and `?` stand for any text and any character. */
  readonly Action: string | readonly string[];

  /** ARNs the statement is about, with the same wildcards. Trust policies have none. */
  readonly Resource?: string | readonly string[];

  /**
   * Who may assume a role; trust policies only. `AWS` takes an account id, the ARN of
   * an account's root, of a user, of a role or of a role's session, or `*`.
   * A `Service` is accepted and never matches: no service assumes roles here.
   */
  readonly Principal?:
    | "*"
    | {
        readonly AWS?: string | readonly string[];
        readonly Service?: string | readonly string[];
      };

  /** The one condition evaluated here; trust policies only. */
  readonly Condition?: {
    readonly StringEquals: {
      readonly "sts:ExternalId": string | readonly string[];
    };
  };
}

/**
 * A policy in AWS's JSON. What can't be evaluated here (other conditions, `NotAction`,
 * `NotResource`, `NotPrincipal`) is refused when it is read, never ignored.
 */
export interface PolicyDocument {
  readonly Version?: "2012-10-17" | "2008-10-17";
  readonly Id?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}
