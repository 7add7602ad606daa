import {
  Caption,
  IsBoolean,
  IsOptional,
  IsString,
  Matches,
} from "../../domain/decorators";
import type { Given } from "../engine/validation/Given";
import { partitionOf } from "../engine/arn/partitions";
import { assumeActions, permit, read, type PermissionPolicy } from "./policy";
import { SIDECAR_ROLE_PREFIX } from "./sidecarRole";

/** Which roles may be assumed. */
export class AssumePolicyRequest {
  /**
   * What the names of the roles begin with, 1 to 64 letters, digits and `_ + = , . @ -`; a role with a path is none of them.
   * Absent: `tibco_sidecar_connector`.
   */
  @Caption("Role prefix")
  @IsOptional()
  @IsString()
  @Matches(/^[\w+=,.@-]{1,64}$/, {
    message:
      "rolePrefix takes 1 to 64 letters, digits and _ + = , . @ -, without wildcards",
  })
  readonly rolePrefix?: string;

  /** The one account whose roles are meant, 12 digits. Absent: any account, as its roles must trust the caller anyway. */
  @Caption("Account id")
  @IsOptional()
  @IsString()
  @Matches(/^\d{12}$/, { message: "accountId takes 12 digits" })
  readonly accountId?: string;

  /** A region of the partition that the accounts are in. Absent: `aws`. */
  @Caption("Region")
  @IsOptional()
  @IsString()
  @Matches(/^[a-z]{2,}(-[a-z]+)+-\d+$/, {
    message: "region takes AWS's name of a region, for example eu-central-1",
  })
  readonly region?: string;

  /** Whether a `sourceIdentity` may be given. Absent or `false`: a call with one fails. */
  @Caption("Source identity")
  @IsOptional()
  @IsBoolean({ message: "sourceIdentity takes true or false" })
  readonly sourceIdentity?: boolean;

  /** Whether `tags` may be given. Absent or `false`: a call with some fails. */
  @Caption("Tags")
  @IsOptional()
  @IsBoolean({ message: "tags takes true or false" })
  readonly tags?: boolean;
}

/**
 * Writes the permission policy for the caller's own side of {@link operations!AssumeRoleInvoke}: that it may assume the roles
 * whose names begin as agreed. Nothing is sent. The answer is frozen.
 *
 * @param given - Which roles. Absent: those that begin with `tibco_sidecar_connector`, in every account of `aws`.
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html |
 * Permissions to switch roles in the IAM user guide}
 *
 * @example
 * console.log(JSON.stringify(assumePolicy({ rolePrefix: "acme_invoker" }), null, 2));
 */
export function assumePolicy(
  given: Given<AssumePolicyRequest> = {},
): PermissionPolicy {
  const request = read(given, {
    operation: "assumePolicy",
    request: AssumePolicyRequest,
  });
  const { rolePrefix = SIDECAR_ROLE_PREFIX, accountId = "*" } = request;
  const { name: partition } = partitionOf(request.region ?? "");
  return permit(assumeActions(request), [
    `arn:${partition}:iam::${accountId}:role/${rolePrefix}*`,
  ]);
}
