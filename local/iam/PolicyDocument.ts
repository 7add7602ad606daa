/** A statement of a policy, in AWS's JSON format. */
export interface PolicyStatement {
  /** Id of the statement. Has no effect. */
  readonly Sid?: string | undefined;

  /** Effect of the statement. `Deny` overrides every `Allow`. */
  readonly Effect: "Allow" | "Deny";

  /**
   * Actions such as `lambda:InvokeFunction`. `*` matches any string and `?` any character. Required
   * unless `NotAction` is given.
   */
  readonly Action?: string | readonly string[] | undefined;

  /** The statement applies to all actions except these. Must not be combined with `Action`. */
  readonly NotAction?: string | readonly string[] | undefined;

  /**
   * ARNs to which the statement applies, with the same wildcards. Required unless `NotResource` is
   * given. Not allowed in trust policies.
   */
  readonly Resource?: string | readonly string[] | undefined;

  /**
   * The statement applies to all ARNs except these. Must not be combined with `Resource`. Not
   * allowed in trust policies.
   */
  readonly NotResource?: string | readonly string[] | undefined;

  /** Principals that may assume the role. Required in trust policies, not allowed in others. */
  readonly Principal?:
    | "*"
    | {
        /**
         * An account ID, the ARN of an account's root, a user, a role or a role session, or `*`.
         */
        readonly AWS?: string | readonly string[] | undefined;

        /** AWS services. Only `rolesanywhere.amazonaws.com` can assume roles here. */
        readonly Service?: string | readonly string[] | undefined;
      }
    | undefined;

  /** Conditions that a request must meet. By default, there are none. */
  readonly Condition?: PolicyCondition | undefined;
}

/** Operators that compare values. */
type Comparison =
  | `${"String" | "Arn"}${"" | "Not"}${"Equals" | "Like"}`
  | `String${"" | "Not"}EqualsIgnoreCase`
  | "Bool";

/**
 * Conditions by operator and condition key. A request must meet all of them. If a key has several
 * values, one of them must match.
 *
 * Supported operators are `StringEquals`, `StringLike`, `ArnEquals` and `ArnLike`, each also as
 * `…Not…`; `StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase`, `Bool` and `Null`. All except
 * `Null` can have the suffix `IfExists` and the prefix `ForAnyValue:` or `ForAllValues:`. The key
 * `aws:TagKeys` requires one of the prefixes.
 *
 * Supported keys when a role is assumed are `sts:ExternalId`, `sts:RoleSessionName`,
 * `sts:SourceIdentity`, `aws:RequestTag/<key>` and `aws:TagKeys`. Supported keys in every request
 * are `aws:PrincipalAccount`, `aws:PrincipalArn`, `aws:PrincipalTag/<key>`, `aws:SourceIdentity`
 * and `aws:RequestedRegion`. `lambda:FunctionArn` is accepted, but no request has it: AWS sets it
 * only for event source mappings. Other operators and keys are rejected when the policy is read.
 *
 * @see {@link
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * | Condition operators in the IAM user guide}
 *
 * @example
 * import type { PolicyCondition } from "aws-lambda-connector/local";
 *
 * export const fromGateway: PolicyCondition = {
 *   StringEquals: { "sts:ExternalId": "s3cr3t" },
 *   ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/gateway-*" },
 *   "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "stage"] },
 * };
 */
export type PolicyCondition = Readonly<
  Partial<
    Record<
      | `${"" | "ForAnyValue:" | "ForAllValues:"}${Comparison}${"" | "IfExists"}`
      | "Null",
      Readonly<Record<string, string | boolean | readonly string[]>>
    >
  >
>;

/**
 * A policy in AWS's JSON format. Elements that are not supported here are rejected and never
 * ignored: other conditions, policy variables such as `${aws:username}`, and `NotPrincipal`, which
 * AWS does not allow in trust policies either.
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
  /**
   * Version of the policy language. Both versions are evaluated in the same way here. Defaults to
   * `2008-10-17`.
   */
  readonly Version?: "2012-10-17" | "2008-10-17" | undefined;

  /** Id of the policy. Has no effect. */
  readonly Id?: string | undefined;

  /** One or more statements. */
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}
