/** One statement of a policy, in AWS's JSON. */
export interface PolicyStatement {
  /** Name of the statement; it changes nothing. */
  readonly Sid?: string;

  /** What the statement does; one that denies wins over all that allow. */
  readonly Effect: "Allow" | "Deny";

  /** Actions such as `lambda:InvokeFunction`; `*` and `?` stand for any text and any character. Absent: see `NotAction`. */
  readonly Action?: string | readonly string[];

  /** Actions that the statement is not about, but about all others. Absent: see `Action`; one of the two is needed. */
  readonly NotAction?: string | readonly string[];

  /**
   * ARNs the statement is about, with the same wildcards. Absent in trust policies; elsewhere this or `NotResource` is
   * needed.
   */
  readonly Resource?: string | readonly string[];

  /** ARNs the statement is not about, but about all others; not in trust policies. Absent: see `Resource`. */
  readonly NotResource?: string | readonly string[];

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

  /** What a request must be like besides. Absent: anything will do. */
  readonly Condition?: PolicyCondition;
}

/** Operators that compare what a request tells with what the policy asks for. */
type Comparison =
  | `${"String" | "Arn"}${"" | "Not"}${"Equals" | "Like"}`
  | `String${"" | "Not"}EqualsIgnoreCase`
  | "Bool";

/**
 * Conditions by operator and key; all must be met, and of the values of one key one.
 *
 * The operators are `StringEquals`, `StringLike`, `ArnEquals`, `ArnLike`, each of them also as `…Not…`,
 * `StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase`, `Bool` and `Null`; all but `Null` also with `IfExists` behind, or
 * `ForAnyValue:` and `ForAllValues:` before, which the key `aws:TagKeys` needs.
 *
 * The keys are `sts:ExternalId`, `sts:RoleSessionName`, `sts:SourceIdentity`, `aws:RequestTag/<key>` and `aws:TagKeys` where a
 * role is assumed; `aws:PrincipalAccount`, `aws:PrincipalArn`, `aws:PrincipalTag/<key>`, `aws:SourceIdentity` and
 * `aws:RequestedRegion` everywhere. `lambda:FunctionArn` is accepted and absent from every request: AWS gives it with event
 * source mappings only. Every other operator or key is refused when the policy is read.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html |
 * Condition operators in the IAM user guide}
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
 * A policy in AWS's JSON. What can't be evaluated here (other conditions, policy variables such as
 * `${aws:username}`, `NotPrincipal`, which AWS itself takes in no trust policy) is refused when it is read, never ignored.
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
