import {
  Caption,
  IsBoolean,
  IsOptional,
  IsString,
  Matches,
} from "../../domain/decorators";
import type { Given } from "../engine/validation/Given";
import { partitionOf } from "../engine/arn/partitions";
import type { Issue } from "../errors";
import { assumeActions, frozen, read, refusePolicy } from "./policy";

/** Whom a role trusts, and on which external id. */
export class TrustPolicyRequest {
  /**
   * Who may assume the role: an account by its 12 digits, which means everybody in it whom its own policies allow to; or
   * one role, one user or an account's root by ARN.
   */
  @Caption("Principal")
  @IsString()
  @Matches(
    /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[\w+=,.@\-/]+))$/,
    {
      message:
        "principal takes an account id of 12 digits, or the ARN of a role, a user or an account's root, for example arn:aws:iam::111122223333:role/gateway",
    },
  )
  readonly principal!: string;

  /**
   * The external id that whoever assumes the role must know, 2 to 1,224 letters, digits and `_ + = , . @ : / -`. A secret,
   * and in plain text in the policy. Absent: a `placeholder` stands in its place; one of the two is needed.
   */
  @Caption("External id")
  @IsOptional()
  @IsString()
  @Matches(/^[\w+=,.@:/-]{2,1224}$/, {
    message: "externalId takes 2 to 1224 letters, digits and _ + = , . @ : / -",
  })
  readonly externalId?: string;

  /**
   * What stands in place of the external id until somebody puts it in: a text in angle brackets, 1 to 200 characters,
   * for example `<value stored under acme/prod/trustKey>`. No external id has angle brackets, so that the role trusts
   * nobody before that. Absent: see `externalId`.
   */
  @Caption("Placeholder")
  @IsOptional()
  @IsString()
  @Matches(/^<[^<>{}*?\p{Cc}]{1,200}>$/u, {
    message:
      "placeholder takes a text in angle brackets, for example <value stored under acme/prod/trustKey>",
  })
  readonly placeholder?: string;

  /** A region of the partition that an account id is in. Absent: an account of `aws`; an ARN names its own partition. */
  @Caption("Region")
  @IsOptional()
  @IsString()
  @Matches(/^[a-z]{2,}(-[a-z]+)+-\d+$/, {
    message: "region takes AWS's name of a region, for example eu-central-1",
  })
  readonly region?: string;

  /** Whether sessions may say who is behind them. Absent or `false`: assuming the role with a `sourceIdentity` fails. */
  @Caption("Source identity")
  @IsOptional()
  @IsBoolean({ message: "sourceIdentity takes true or false" })
  readonly sourceIdentity?: boolean;

  /** Whether sessions may carry tags. Absent or `false`: assuming the role with `tags` fails. */
  @Caption("Tags")
  @IsOptional()
  @IsBoolean({ message: "tags takes true or false" })
  readonly tags?: boolean;
}

/** The trust policy of a role; `JSON.stringify(policy, null, 2)` is its text for IAM. */
export interface TrustPolicy {
  /** Version of IAM's policy language. */
  readonly Version: "2012-10-17";

  /** The one statement. */
  readonly Statement: readonly [
    {
      /** That it allows. */
      readonly Effect: "Allow";

      /** Whoever may assume the role. */
      readonly Principal: {
        /** ARN of an account's root, a role or a user. */
        readonly AWS: string;
      };

      /** `sts:AssumeRole`, and what else a session may come with. */
      readonly Action: string | readonly string[];

      /** What must be known; always there. */
      readonly Condition: {
        /** Letter for letter. */
        readonly StringEquals: {
          /** The external id, or the placeholder in its place. */
          readonly "sts:ExternalId": string;
        };
      };
    },
  ];
}

/**
 * Writes the trust policy for a role that is to be borrowed with {@link operations!AssumeRoleInvoke}: whom it trusts, and on
 * which external id; without one there is no policy. Nothing is sent. The answer is frozen, and holds the external id.
 *
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html |
 * External ids in the IAM user guide}
 *
 * @example
 * const policy = trustPolicy({
 *   principal: "arn:aws:iam::111122223333:role/gateway",
 *   placeholder: "<value stored under acme/prod/trustKey>",
 * });
 * console.log(JSON.stringify(policy, null, 2));
 */
export function trustPolicy(given: Given<TrustPolicyRequest>): TrustPolicy {
  const operation = "trustPolicy";
  const request = read(given, { operation, request: TrustPolicyRequest });
  const { principal, externalId, placeholder } = request;
  refusePolicy(operation, [
    ...secretIssues(request),
    ...partitionIssues(request),
  ]);
  const { name: partition } = partitionOf(request.region ?? "");
  return frozen({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: {
          AWS: principal.startsWith("arn:")
            ? principal
            : `arn:${partition}:iam::${principal}:root`,
        },
        Action: assumeActions(request),
        Condition: {
          StringEquals: { "sts:ExternalId": externalId ?? placeholder ?? "" },
        },
      },
    ],
  });
}

function secretIssues({
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
          "externalId is required: without it anybody whom the principal serves could have the role; give it, or a placeholder in its place",
      },
    ];
  if (externalId === undefined || placeholder === undefined) return [];
  const message = "externalId and placeholder cannot go together; give one";
  return [{ path, rule: "conflict", message }];
}

function partitionIssues({ principal, region }: TrustPolicyRequest): Issue[] {
  const [, partition] = principal.split(":");
  if (region === undefined || partition === undefined) return [];
  if (partition === partitionOf(region).name) return [];
  const message = `region is not in the principal's partition, ${partition}; leave it out, as the ARN names the partition`;
  return [{ path: "region", rule: "conflict", message }];
}
