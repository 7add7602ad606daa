import { Tag, type InvokeFunctionResponse } from "../domain";
import {
  ArrayMaxSize,
  Caption,
  IsInt,
  IsOptional,
  IsString,
  ArrayOf,
  Length,
  Matches,
  Max,
  Min,
} from "../domain/decorators";
import { withBorrowedKeys } from "../src/engine/roles/borrow";
import type { Call } from "../src/engine/call/Call";
import { functionParts } from "../src/engine/arn/functionName";
import { invoke, prepare } from "../src/engine/invocation/invoke";
import { Operation } from "../src/engine/operation/Operation";
import { toBorrowing } from "../src/engine/roles/toBorrowing";
import { InvokeFunctionRequest } from "./InvokeFunction";

/**
 * Which function to run, with what, how, and under which role.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html |
 * AssumeRole in the STS API reference}
 */
export class AssumeRoleInvokeRequest extends InvokeFunctionRequest {
  /**
   * ARN of the role to assume, 20 to 2,048 characters, for example
   * `arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices`.
   */
  @Caption("Role ARN")
  @IsString()
  @Length(20, 2048, { message: "roleArn takes 20 to 2048 characters" })
  @Matches(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\-/]+$/, {
    message:
      "roleArn takes the ARN of a role, for example arn:aws:iam::222233334444:role/invoker",
  })
  readonly roleArn!: string;

  /**
   * External id that the role's trust policy asks for, 2 to 1,224 letters, digits and `_ + = , . @ : / -`. A secret:
   * better kept in the Parameter Store and named by `externalIdKey`. Absent, and no key either: none is sent. Not
   * together with `externalIdKey`.
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
   * Key in the Parameter Store under which the external id is kept, as `<customer>/<environment>/<key>`; 1 to 2,048
   * characters. Of a key with levels the leading slash may be left out; `key` and `/key`, which have none, are two names to
   * the Parameter Store. Read in the connection's region, decrypted. Absent: see `externalId`.
   *
   * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html |
   * GetParameter in the Systems Manager API reference}
   */
  @Caption("External id key")
  @IsOptional()
  @IsString()
  @Matches(/[^]/, {
    message:
      "externalIdKey is empty; give the name of a parameter, for example acme/prod/trustKey, or leave it out",
  })
  @Matches(/^[\w.\-/:]{0,2048}$/, {
    message:
      "externalIdKey takes the name of a parameter, for example acme/prod/trustKey",
  })
  readonly externalIdKey?: string;

  /**
   * Name of the session, 2 to 64 letters, digits and `_ + = , . @ -`, as the role's owner sees it in his logs. Absent:
   * `aws-lambda-connector`.
   */
  @Caption("Role session name")
  @IsOptional()
  @IsString()
  @Matches(/^[\w+=,.@-]{2,64}$/, {
    message:
      "roleSessionName takes 2 to 64 letters, digits and _ + = , . @ -, without spaces",
  })
  readonly roleSessionName?: string;

  /**
   * How long the session lasts, in seconds, 900 to 43,200 and not above the role's own maximum; at most 3,600 where the
   * connection's keys are a role's session themselves. Absent: 3,600.
   */
  @Caption("Duration")
  @IsOptional()
  @IsInt({ message: "durationSeconds takes a whole number, 900 to 43200" })
  @Min(900, { message: "durationSeconds takes a whole number, 900 to 43200" })
  @Max(43_200, {
    message: "durationSeconds takes a whole number, 900 to 43200",
  })
  readonly durationSeconds?: number;

  /**
   * Session policy: a JSON object or its text, at most 2,048 characters, or `none` for the role's full rights. Absent:
   * the session may invoke this one function and do nothing else.
   *
   * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session |
   * Session policies in the IAM user guide}
   */
  @Caption("Session policy")
  readonly sessionPolicy?: unknown;

  /**
   * Who is behind the session, 2 to 64 letters, digits and `_ + = , . @ -`, not beginning with `aws:`; stays with it
   * through every further role. Absent: not said.
   */
  @Caption("Source identity")
  @IsOptional()
  @IsString()
  @Matches(/^(?!aws:)[\w+=,.@-]{2,64}$/, {
    message: "sourceIdentity takes 2 to 64 letters, digits and _ + = , . @ -",
  })
  readonly sourceIdentity?: string;

  /** Session tags, at most 50, no key twice. Absent: none. */
  @Caption("Tags")
  @IsOptional()
  @ArrayOf(() => Tag)
  @ArrayMaxSize(50, { message: "tags takes at most 50" })
  readonly tags?: readonly Tag[];
}

/**
 * Runs a function in another account, with a role borrowed for it: external id from the Parameter Store, role from STS,
 * then the invocation. Sessions are kept, and renewed in the background before they expire, so that a warm call is one HTTP
 * request; an external id from the Parameter Store is kept for five minutes, and read again once where the role refuses it.
 *
 * The Parameter Store and STS are asked in the connection's region; Lambda in the region of the function's ARN, or the
 * connection's for a bare name. A function named without an account is the role's.
 *
 * Needs `sts:AssumeRole`, and for an `externalIdKey` `ssm:GetParameter` (with `kms:Decrypt` where the parameter is a
 * SecureString under a key of your own); the role needs `lambda:InvokeFunction`.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_CREDENTIALS`: there are no keys, the external id cannot be read, or the role cannot be assumed; also where the
 *   Parameter Store or STS did not answer. The function did not run; `cause` tells why.
 * - `ERR_FUNCTION`, `ERR_SERVICE`, `ERR_TRANSPORT`, `ERR_DEADLINE`, `ERR_RESPONSE`: as {@link InvokeFunction}.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html |
 * AssumeRole in the STS API reference}
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html |
 * GetParameter in the Systems Manager API reference}
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const reply = await connector.assumeRoleInvoke({
 *   functionName: "arn:aws:lambda:eu-central-1:222233334444:function:price",
 *   payload: { sku: "A-17" },
 *   roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
 *   externalIdKey: "acme/prod/trustKey",
 * });
 * console.log(reply.payload);
 */
export class AssumeRoleInvoke extends Operation<
  AssumeRoleInvokeRequest,
  InvokeFunctionResponse
> {
  readonly name = "AssumeRoleInvoke";
  readonly permissions = [
    "ssm:GetParameter",
    "sts:AssumeRole",
    "lambda:InvokeFunction",
  ];
  readonly request = AssumeRoleInvokeRequest;

  protected async run(
    request: AssumeRoleInvokeRequest,
    call: Call,
  ): Promise<InvokeFunctionResponse> {
    const ready = prepare(request, call);
    const region =
      functionParts(request.functionName).region ?? (await call.region());
    const borrowing = toBorrowing(request, { region, call });
    return withBorrowedKeys(borrowing, call, (keys) =>
      invoke(ready, call, { region, keys }),
    );
  }
}
