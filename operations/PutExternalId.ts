import { randomBytes } from "node:crypto";
import { PutExternalIdResponse } from "../domain";
import {
  Caption,
  IsBoolean,
  IsExternalId,
  IsOptional,
  IsString,
  Length,
  Matches,
  NotUndefined,
} from "../domain/decorators";
import { sdkAction } from "../src/engine/actions/sdkAction";
import type { Call } from "../src/engine/call/Call";
import { sendRequest } from "../src/engine/call/request";
import { Operation } from "../src/engine/operation/Operation";
import {
  checkParameterName,
  toParameterName,
} from "../src/engine/arn/toParameterName";
import { throwIfInvalid } from "../src/engine/validation/parse";

const PUT_PARAMETER = sdkAction({
  service: "ssm",
  name: "PutParameter",
  load: async () => {
    const { SSMClient: Client, PutParameterCommand: Command } =
      await import("@aws-sdk/client-ssm");
    return { Client, Command };
  },
});

/** Random bytes of a generated external ID. As base64url they are 43 letters, digits, hyphens and underscores. */
const RANDOM_BYTES = 32;

/**
 * External ID to store, and the name of its parameter.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html |
 * PutParameter in the Systems Manager API reference}
 */
export class PutExternalIdRequest {
  /**
   * Name of the parameter in Parameter Store, for example `<customer>/<environment>/<key>`.
   *
   * 1 to 15 levels of letters, digits and `_ . -`, of which the first does not start with `aws` or `ssm`; at most 1,011
   * characters including the ARN. Hierarchical names start with a slash, which you can omit here. `key` and `/key` have no
   * hierarchy and are two different parameters. A version or label is not allowed, because a new version is written.
   *
   * @see {@link https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html |
   * Names in the Systems Manager user guide}
   */
  @Caption("External ID key")
  @IsString()
  @Length(1, 1011, {
    message: "externalIdKey must be 1 to 1011 characters long",
  })
  @Matches(/^(?!\/?(aws|ssm))/i, {
    message: "externalIdKey must not start with aws or ssm",
  })
  @Matches(/^\/?[^/]*(\/[^/]*){0,14}$/, {
    message: "externalIdKey must have at most 15 levels",
  })
  @Matches(/^[^:]*$/, {
    message:
      "externalIdKey must be a name without version, label or ARN, for example acme/prod/trustKey",
  })
  @Matches(/^\/?[\w.-]+(\/[\w.-]+)*$/, {
    message:
      "externalIdKey must be levels of letters, digits and _ . - separated by slashes, for example acme/prod/trustKey",
  })
  readonly externalIdKey!: string;

  /**
   * External ID, 2 to 1,224 letters, digits and `_ + = , . @ : / -`. Defaults to a generated one.
   *
   * A secret. A generated external ID has 43 characters from a secure random source, and is part of the response.
   * `undefined` is rejected, so that it cannot replace an external ID with a generated one.
   *
   * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html |
   * External IDs in the IAM user guide}
   */
  @Caption("External ID")
  @IsOptional()
  @NotUndefined(
    "externalId must be an external ID, not undefined; omit it to generate one",
  )
  @IsExternalId()
  readonly externalId?: string;

  /**
   * KMS key that encrypts the external ID: its ID, alias or ARN. Defaults to `alias/aws/ssm`.
   *
   * 1 to 256 letters, digits and `: / _ -`. The default is the account's AWS managed key for Parameter Store.
   */
  @Caption("KMS key ID")
  @IsOptional()
  @IsString()
  @Matches(/^[\w:/-]{1,256}$/, {
    message:
      "kmsKeyId must be the ID, alias or ARN of a KMS key, for example alias/external-ids",
  })
  readonly kmsKeyId?: string;

  /**
   * Whether to overwrite an existing parameter with a new version. Defaults to `false`: the call fails if it exists.
   *
   * Roles whose trust policies require the previous external ID can then no longer be assumed with this `externalIdKey`.
   */
  @Caption("Overwrite")
  @IsOptional()
  @IsBoolean({ message: "overwrite must be true or false" })
  readonly overwrite?: boolean;
}

/**
 * Stores an external ID encrypted in Parameter Store, where {@link AssumeRoleInvoke} reads it.
 *
 * Generates the external ID if the request has none. The parameter is written in the connection's region; connectors in
 * other regions need it there too. Needs `ssm:PutParameter`, and `kms:Encrypt` on the key if there is a `kmsKeyId`.
 *
 * A request that may have been processed is not sent again: without `overwrite`, Parameter Store would refuse the second
 * one because of the first; with it, there would be two versions. `ParameterAlreadyExists` therefore always means that the
 * parameter existed before this call, and it is unchanged.
 *
 * After `ERR_TRANSPORT`, `ERR_DEADLINE`, `ERR_RESPONSE` or a 5xx status, the external ID may have been written. Read the
 * parameter, or call again with `overwrite: true`, which is safe if no role requires the stored external ID yet. If the
 * external ID was generated, only Parameter Store has it in this case.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_SERVICE`: AWS refused the request; `ParameterAlreadyExists` if the parameter exists and `overwrite` is not `true`.
 * - `ERR_CREDENTIALS`: no credentials were found.
 * - `ERR_TRANSPORT`: no complete response was received.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 * - `ERR_RESPONSE`: the response cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html |
 * PutParameter in the Systems Manager API reference}
 *
 * @example
 * const stored = await connector.putExternalId({
 *   externalIdKey: "acme/prod/trustKey",
 * });
 * const policy = trustPolicy({
 *   principal: "111122223333",
 *   externalId: stored.externalId,
 * });
 * console.log(stored.externalIdKey, JSON.stringify(policy, null, 2));
 */
export class PutExternalId extends Operation<
  PutExternalIdRequest,
  PutExternalIdResponse
> {
  readonly name = "PutExternalId";
  readonly permissions = ["ssm:PutParameter"];
  readonly request = PutExternalIdRequest;

  protected override readonly adviceIfUnknown =
    "The external ID may have been written. Read the parameter, or, if no role requires the stored external ID yet, call again with overwrite: true.";

  protected async run(
    request: PutExternalIdRequest,
    call: Call,
  ): Promise<PutExternalIdResponse> {
    const externalIdKey = toParameterName(request.externalIdKey);
    const issue = checkParameterName(externalIdKey, await call.region());
    throwIfInvalid(issue ? [issue] : [], { operation: this.name });
    const externalId =
      request.externalId ?? randomBytes(RANDOM_BYTES).toString("base64url");
    call.secrets.add(externalId);
    const { Version: version } = await sendRequest(call, PUT_PARAMETER, {
      input: {
        Name: externalIdKey,
        Value: externalId,
        Type: "SecureString",
        KeyId: request.kmsKeyId,
        Overwrite: request.overwrite,
      },
      delivery: "once",
    });
    return new PutExternalIdResponse({ externalIdKey, version, externalId });
  }
}
