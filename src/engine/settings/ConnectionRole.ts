import { Tag } from "../../../domain";
import {
  Caption,
  IsExternalId,
  IsExternalIdKey,
  IsOptional,
  IsRoleArn,
  IsRoleSessionName,
  IsSessionDuration,
  IsSourceIdentity,
  IsTagList,
  NotUndefined,
} from "../../../domain/decorators";
import type { Input } from "../validation/Input";

/**
 * A role under which the operations of a connection run. Only `roleArn` is required.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html |
 * AssumeRole in the STS API reference}
 *
 * @example
 * const connector = createConnector({
 *   region: AWS_Region.eu_central_1,
 *   role: {
 *     roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
 *     externalIdKey: "acme/prod/trustKey",
 *   },
 * });
 */
export class ConnectionRole {
  /** ARN of the role to assume, 20 to 2,048 characters, for example `arn:aws:iam::222233334444:role/invoker`. */
  @Caption("Role ARN")
  @IsRoleArn()
  readonly roleArn!: string;

  /**
   * External ID that the role's trust policy requires. Defaults to the value of `externalIdKey`, or else to none.
   *
   * 2 to 1,224 letters, digits and `_ + = , . @ : / -`. A secret, which is safer in Parameter Store, referenced by
   * `externalIdKey`. Cannot be combined with `externalIdKey`. `undefined`, the value of an environment variable that is not
   * set, is rejected, so that it cannot assume the role without an external ID.
   *
   * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html |
   * External IDs in the IAM user guide}
   */
  @Caption("External ID")
  @IsOptional()
  @NotUndefined(
    "externalId must be an external ID, not undefined; omit it if the role requires none",
  )
  @IsExternalId()
  readonly externalId?: string;

  /**
   * Name of the parameter in Parameter Store that contains the external ID, 1 to 2,048 characters. Defaults to none: see
   * `externalId`.
   *
   * The parameter is read in the connection's region, with the connection's own credentials, also for the second and each
   * further role of a chain. Its value is cached for five minutes, and read again once if the role rejects it.
   * `undefined` is rejected, as for `externalId`.
   *
   * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html |
   * GetParameter in the Systems Manager API reference}
   */
  @Caption("External ID key")
  @IsOptional()
  @NotUndefined(
    "externalIdKey must be the name of a parameter, not undefined; omit it if the role requires no external ID",
  )
  @IsExternalIdKey()
  readonly externalIdKey?: string;

  /**
   * Name of the role session, 2 to 64 letters, digits and `_ + = , . @ -`. Defaults to `aws-lambda-connector`.
   *
   * The owner of the role sees it in CloudTrail.
   */
  @Caption("Role session name")
  @IsOptional()
  @IsRoleSessionName()
  readonly roleSessionName?: string;

  /**
   * Duration of the role session, in seconds, 900 to 43,200. Defaults to 3,600. The session is renewed while it is in use.
   *
   * It cannot exceed the maximum of the role, nor 3,600 for the second and each further role of a chain, or if the
   * connection's credentials are themselves a role session.
   */
  @Caption("Duration")
  @IsOptional()
  @IsSessionDuration()
  readonly durationSeconds?: number;

  /**
   * Session policy: an object, a string of JSON, or `none`. At most 2,048 characters of JSON; `none` gives the session all
   * permissions of the role.
   *
   * Defaults to a policy that allows only what the operation needs: its IAM actions, on its function or parameter if its
   * request names one. There is then one session for each operation and function. Before the last role of a chain, it
   * defaults to a policy that allows only assuming the next role.
   *
   * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session |
   * Session policies in the IAM user guide}
   */
  @Caption("Session policy")
  readonly sessionPolicy?: unknown;

  /**
   * Source identity of the session, 2 to 64 letters, digits and `_ + = , . @ -`. Defaults to none.
   *
   * It must not start with `aws:`. AWS keeps it when the session assumes further roles.
   */
  @Caption("Source identity")
  @IsOptional()
  @IsSourceIdentity()
  readonly sourceIdentity?: string;

  /** Session tags, at most 50, with unique keys. Defaults to none. */
  @Caption("Tags")
  @IsOptional()
  @IsTagList(() => Tag)
  readonly tags?: readonly Input<Tag>[];
}
