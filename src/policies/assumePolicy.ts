import {
  Caption,
  IsOptional,
  IsString,
  Matches,
} from "../../domain/decorators";
import { partitionOf } from "../engine/arn/partitions";
import type { Input } from "../engine/validation/Input";
import {
  createPermissionPolicy,
  type PermissionPolicy,
} from "./PermissionPolicy";
import { readPolicyRequest } from "./readPolicyRequest";
import { IsAccountId, IsRegion, IsSwitch } from "./requestFields";
import { SIDECAR_ROLE_PREFIX } from "./sidecarRoleOf";
import { toAssumeRoleActions } from "./toAssumeRoleActions";

/** Request of {@link assumePolicy}. */
export class AssumePolicyRequest {
  /**
   * Prefix of the role names, 1 to 64 letters, digits and `_ + = , . @ -`. Roles with a path do not match. Defaults to
   * `tibco_sidecar_connector`.
   */
  @Caption("Role prefix")
  @IsOptional()
  @IsString()
  @Matches(/^[\w+=,.@-]{1,64}$/, {
    message:
      "$property must be 1 to 64 letters, digits and _ + = , . @ -, without wildcards",
  })
  readonly rolePrefix?: string;

  /** Account of the roles, 12 digits. Optional; defaults to any account, because a role must trust the caller anyway. */
  @IsAccountId()
  readonly accountId?: string;

  /** A region in the partition of the accounts. Optional; defaults to the partition `aws`. */
  @IsRegion()
  readonly region?: string;

  /** Whether to allow `sourceIdentity`. Defaults to `false`: a call that sets it fails. */
  @IsSwitch("Source identity")
  readonly sourceIdentity?: boolean;

  /** Whether to allow session `tags`. Defaults to `false`: a call that sets some fails. */
  @IsSwitch("Tags")
  readonly tags?: boolean;
}

/**
 * Creates the permission policy for the caller of {@link operations!AssumeRoleInvoke}. It allows the caller to assume the roles
 * whose names start with the agreed prefix. Sends nothing. The result is frozen.
 *
 * @param given - Which roles. Optional; defaults to roles that start with `tibco_sidecar_connector`, in every account of the
 * partition `aws`.
 * @throws `ERR_INVALID_INPUT` naming each field that breaks a rule.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html |
 * Permissions to switch roles in the IAM user guide}
 *
 * @example
 * const policy = assumePolicy({ rolePrefix: "acme_invoker" });
 * console.log(JSON.stringify(policy, null, 2));
 */
export function assumePolicy(
  given: Input<AssumePolicyRequest> = {},
): PermissionPolicy {
  const request = readPolicyRequest(given, {
    operation: "assumePolicy",
    request: AssumePolicyRequest,
  });
  const { rolePrefix = SIDECAR_ROLE_PREFIX, accountId = "*" } = request;
  const { name: partition } = partitionOf(request.region ?? "");
  return createPermissionPolicy(toAssumeRoleActions(request), [
    `arn:${partition}:iam::${accountId}:role/${rolePrefix}*`,
  ]);
}
