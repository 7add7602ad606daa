/** One statement of a policy, in AWS's JSON. */
export interface PolicyStatement {
  /** Name of the statement; it changes nothing. */
  readonly Sid?: string;

  /** What the statement does; one that denies wins over all that allow. */
  readonly Effect: "Allow" | "Deny";

  /** Actions such as `lambda:InvokeFunction`; `*` and `?` stand for any text and any character. */
  readonly Action: string | readonly string[];

  /** ARNs the statement is about, with the same wildcards. Needed in permissions; absent in trust policies. */
  readonly Resource?: string | readonly string[];

  /**
   * Who may assume a role; needed in trust policies, absent in others. `AWS` takes an account id, the ARN of
   * an account's root, of a user, of a role or of a role's session, or `*`.
   * Of a `Service` only `rolesanywhere.amazonaws.com` is ever met: no other service assumes roles here.
   */
  readonly Principal?:
    | "*"
    | {
        /** Accounts, users, roles and sessions. */
        readonly AWS?: string | readonly string[];

        /** Services of AWS, such as `rolesanywhere.amazonaws.com`, the only one that is ever met. */
        readonly Service?: string | readonly string[];
      };

  /** The one condition evaluated here; trust policies only. Absent: no external id is asked for. */
  readonly Condition?: {
    /** Equal to one of the given texts, letter for letter. */
    readonly StringEquals: {
      /** External ids of which the caller must present one. */
      readonly "sts:ExternalId": string | readonly string[];
    };
  };
}

/**
 * A policy in AWS's JSON. What can't be evaluated here (other conditions, `NotAction`,
 * `NotResource`, `NotPrincipal`) is refused when it is read, never ignored.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html |
 * Policy elements in the IAM user guide}
 *
 * @example
 * import type { PolicyDocument } from "aws-lambda-connector/local";
 *
 * export const trust: PolicyDocument = {
 *   Version: "2012-10-17",
 *   Statement: {
 *     Effect: "Allow",
 *     Action: "sts:AssumeRole",
 *     Principal: { AWS: "111122223333" },
 *     Condition: { StringEquals: { "sts:ExternalId": "s3cr3t" } },
 *   },
 * };
 */
export interface PolicyDocument {
  /** Version of the policy language; both are evaluated alike here. Absent: `2008-10-17`. */
  readonly Version?: "2012-10-17" | "2008-10-17";

  /** Name of the policy; it changes nothing. */
  readonly Id?: string;

  /** Statements of the policy, at least one. */
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}
