import { randomBytes } from "node:crypto";
import { PutExternalIdResponse } from "../domain";
import {
  Caption,
  IsBoolean,
  IsOptional,
  IsString,
  Length,
  Matches,
} from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import { Operation } from "../src/engine/operation/Operation";
import { lengthIssue, toParameterName } from "../src/engine/arn/parameterName";
import { refuse } from "../src/engine/validation/parse";

/** Random bytes of an external id that is made here; 43 letters, digits, hyphens and underscores of text. */
const RANDOM_BYTES = 32;

/**
 * Under which key to keep an external id, and which.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html |
 * PutParameter in the Systems Manager API reference}
 */
export class PutExternalIdRequest {
  /**
   * Key in the Parameter Store, as `<customer>/<environment>/<key>`: 1 to 15 levels of letters, digits and `_ . -`, of which
   * the first does not begin with `aws` or `ssm`; with its ARN at most 1,011 characters. The leading slash may be left out, but
   * for a key of one level, where `key` and `/key` are two names.
   * No version or label: a new version is written.
   *
   * @see {@link https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html |
   * Names in the Systems Manager user guide}
   */
  @Caption("External id key")
  @IsString()
  @Length(1, 1011, { message: "externalIdKey takes 1 to 1011 characters" })
  @Matches(/^(?!\/?(aws|ssm))/i, {
    message: "externalIdKey takes no name that begins with aws or ssm",
  })
  @Matches(/^\/?[^/]*(\/[^/]*){0,14}$/, {
    message: "externalIdKey takes at most 15 levels",
  })
  @Matches(/^[^:]*$/, {
    message:
      "externalIdKey takes a key without version, label or ARN, for example acme/prod/trustKey",
  })
  @Matches(/^\/?[\w.-]+(\/[\w.-]+)*$/, {
    message:
      "externalIdKey takes levels of letters, digits and _ . - between slashes, for example acme/prod/trustKey",
  })
  readonly externalIdKey!: string;

  /**
   * The external id, 2 to 1,224 letters, digits and `_ + = , . @ : / -`. A secret. Absent: one is made from a secure random
   * source, 43 characters long, and answered.
   *
   * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html |
   * External ids in the IAM user guide}
   */
  @Caption("External id")
  @IsOptional()
  @IsString()
  @Matches(/^[\w+=,.@:/-]{2,1224}$/, {
    message: "externalId takes 2 to 1224 letters, digits and _ + = , . @ : / -",
  })
  readonly externalId?: string;

  /**
   * KMS key that encrypts it: id, alias or ARN, 1 to 256 letters, digits and `: / _ -`. Absent: the account's own key for
   * the Parameter Store, `alias/aws/ssm`.
   */
  @Caption("KMS key id")
  @IsOptional()
  @IsString()
  @Matches(/^[\w:/-]{1,256}$/, {
    message:
      "kmsKeyId takes the id, alias or ARN of a KMS key, for example alias/external-ids",
  })
  readonly kmsKeyId?: string;

  /**
   * Whether an external id that is under this key already is replaced by a further version; roles whose trust policies ask
   * for the old one can then no longer be assumed by this key. Absent or `false`: it is left as it is, and the call fails.
   */
  @Caption("Overwrite")
  @IsOptional()
  @IsBoolean({ message: "overwrite takes true or false" })
  readonly overwrite?: boolean;
}

/**
 * Keeps an external id in the Parameter Store, encrypted, under the key by which {@link AssumeRoleInvoke} reads it. One is
 * made where none is given.
 *
 * It is written in the connection's region; a connector in another region needs it there as well. Needs
 * `ssm:PutParameter`, and with a `kmsKeyId` `kms:Encrypt` on that key.
 *
 * What may have been written is not sent again: without `overwrite` the Parameter Store would refuse the second time
 * because of the first, and with it there would be two versions. So `ParameterAlreadyExists` always means that somebody
 * else's external id is under the key, or that of an earlier call, and nothing of it is lost. After `ERR_TRANSPORT`,
 * `ERR_DEADLINE`, `ERR_RESPONSE` or a 5xx of AWS's, it may have been written or not: call again with `overwrite: true`,
 * which does no harm as long as no role asks for what is there, or read what is there. An external id that was made here is
 * then known to the Parameter Store alone.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_SERVICE`: AWS refuses; `ParameterAlreadyExists` where there is one already and `overwrite` is not `true`.
 * - `ERR_CREDENTIALS`: there are no keys.
 * - `ERR_TRANSPORT`: no whole answer came.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 * - `ERR_RESPONSE`: the answer cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html |
 * PutParameter in the Systems Manager API reference}
 *
 * @example
 * const stored = await connector.putExternalId({ externalIdKey: "acme/prod/trustKey" });
 * const trust = trustPolicy({ principal: "111122223333", externalId: stored.externalId });
 * console.log(stored.externalIdKey, stored.version, JSON.stringify(trust, null, 2));
 */
export class PutExternalId extends Operation<
  PutExternalIdRequest,
  PutExternalIdResponse
> {
  readonly name = "PutExternalId";
  readonly permissions = ["ssm:PutParameter"];
  readonly request = PutExternalIdRequest;

  protected override readonly inDoubt =
    "The external id may have been written all the same: read what is under the key, or call again with overwrite: true as long as no role asks for it.";

  protected async run(
    request: PutExternalIdRequest,
    call: Call,
  ): Promise<PutExternalIdResponse> {
    const externalIdKey = toParameterName(request.externalIdKey);
    const issue = lengthIssue(externalIdKey, await call.region());
    refuse(issue ? [issue] : [], { operation: this.name });
    const externalId =
      request.externalId ?? randomBytes(RANDOM_BYTES).toString("base64url");
    call.secrets.add(externalId);
    const { Version: version } = await call.ssm(
      "PutParameter",
      {
        Name: externalIdKey,
        Value: externalId,
        Type: "SecureString",
        KeyId: request.kmsKeyId,
        Overwrite: request.overwrite,
      },
      { delivery: "once" },
    );
    return new PutExternalIdResponse({ externalIdKey, version, externalId });
  }
}
