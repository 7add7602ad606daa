import {
  Caption,
  IsOptional,
  IsString,
  Matches,
} from "../../domain/decorators";
import { partitionOf } from "../engine/arn/partitions";
import type { Input } from "../engine/validation/Input";
import type { Issue } from "../errors";
import { deepFreeze } from "./deepFreeze";
import { readPolicyRequest, throwPolicyIssues } from "./readPolicyRequest";
import { IsRegion, IsSwitch } from "./requestFields";
import { toAssumeRoleActions } from "./toAssumeRoleActions";

/** Request of {@link trustPolicy}. */
export class TrustPolicyRequest {
  /**
   * Who may assume the role: an account ID of 12 digits, which means every identity in the account that has permission to
   * assume the role; or the ARN of one role, one user or an account's root.
   */
  @Caption("Principal")
  @IsString()
  @Matches(
    /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[\w+=,.@\-/]+))$/,
    {
      message:
        "$property must be an account ID of 12 digits, or the ARN of a role, a user or an account's root, for example arn:aws:iam::111122223333:role/gateway",
    },
  )
  readonly principal!: string;

  /**
   * The external ID that the principal must send to assume the role, 2 to 1,224 letters, digits and `_ + = , . @ : / -`. It is a
   * secret, and the policy contains it in plain text. Either `externalId` or `placeholder` is required.
   */
  @Caption("External ID")
  @IsOptional()
  @IsString()
  @Matches(/^[\w+=,.@:/-]{2,1224}$/, {
    message:
      "$property must be 2 to 1224 letters, digits and _ + = , . @ : / -",
  })
  readonly externalId?: string;

  /**
   * A placeholder for the external ID, to be replaced before use: 1 to 200 characters in angle brackets, for example
   * `<value stored under acme/prod/trustKey>`. An external ID can't contain angle brackets, so no one can assume the role before
   * the placeholder is replaced. Either `externalId` or `placeholder` is required.
   */
  @Caption("Placeholder")
  @IsOptional()
  @IsString()
  @Matches(/^<[^<>{}*?\p{Cc}]{1,200}>$/u, {
    message:
      "$property must be a string in angle brackets, for example <value stored under acme/prod/trustKey>",
  })
  readonly placeholder?: string;

  /** A region in the partition of the account ID. Optional; defaults to the partition `aws`. An ARN names its own partition. */
  @IsRegion()
  readonly region?: string;

  /** Whether to allow `sourceIdentity`. Defaults to `false`: assuming the role with it fails. */
  @IsSwitch("Source identity")
  readonly sourceIdentity?: boolean;

  /** Whether to allow session `tags`. Defaults to `false`: assuming the role with some fails. */
  @IsSwitch("Tags")
  readonly tags?: boolean;
}

/** The trust policy of a role. `JSON.stringify(policy, null, 2)` is the JSON to paste into IAM. */
export interface TrustPolicy {
  /** Version of IAM's policy language. */
  readonly Version: "2012-10-17";

  /** The only statement. */
  readonly Statement: readonly [
    {
      /** The statement allows the actions. */
      readonly Effect: "Allow";

      /** Who may assume the role. */
      readonly Principal: {
        /** ARN of an account's root, a role or a user. */
        readonly AWS: string;
      };

      /** `sts:AssumeRole`, and the actions for session tags and a source identity if allowed. */
      readonly Action: string | readonly string[];

      /** The condition for assuming the role; always present. */
      readonly Condition: {
        /** Requires an exact match. */
        readonly StringEquals: {
          /** The external ID, or the placeholder. */
          readonly "sts:ExternalId": string;
        };
      };
    },
  ];
}

/**
 * Creates the trust policy for a role that {@link operations!AssumeRoleInvoke} assumes. It names the trusted principal and
 * always requires an external ID. Sends nothing. The result is frozen, and contains the external ID if one is given.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html |
 * External IDs in the IAM user guide}
 *
 * @example
 * const policy = trustPolicy({
 *   principal: "arn:aws:iam::111122223333:role/gateway",
 *   placeholder: "<value stored under acme/prod/trustKey>",
 * });
 * console.log(JSON.stringify(policy, null, 2));
 */
export function trustPolicy(given: Input<TrustPolicyRequest>): TrustPolicy {
  const operation = "trustPolicy";
  const request = readPolicyRequest(given, {
    operation,
    request: TrustPolicyRequest,
  });
  const { principal, externalId, placeholder } = request;
  throwPolicyIssues(operation, [
    ...checkExternalId(request),
    ...checkPartition(request),
  ]);
  const { name: partition } = partitionOf(request.region ?? "");
  return deepFreeze({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: {
          AWS: principal.startsWith("arn:")
            ? principal
            : `arn:${partition}:iam::${principal}:root`,
        },
        Action: toAssumeRoleActions(request),
        Condition: {
          StringEquals: { "sts:ExternalId": externalId ?? placeholder ?? "" },
        },
      },
    ],
  });
}

function checkExternalId({
  externalId,
  placeholder,
}: TrustPolicyRequest): Issue[] {
  const path = "externalId";
  if (externalId === undefined && placeholder === undefined)
    return [
      {
        path,
        rule: "required",
        message:
          "externalId or placeholder is required; without an external ID, anyone who can make the principal assume the role can use it (the confused deputy problem)",
      },
    ];
  if (externalId === undefined || placeholder === undefined) return [];
  const message =
    "externalId cannot be combined with placeholder; omit one of them";
  return [{ path, rule: "conflict", message }];
}

function checkPartition({ principal, region }: TrustPolicyRequest): Issue[] {
  const [, partition] = principal.split(":");
  if (region === undefined || partition === undefined) return [];
  if (partition === partitionOf(region).name) return [];
  const message = `region must be in the principal's partition ${partition}, or omitted`;
  return [{ path: "region", rule: "conflict", message }];
}
