import { Tag, type InvokeFunctionResponse } from "../domain";
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
} from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import type { CallOptions } from "../src/engine/call/CallOptions";
import { parseFunctionName } from "../src/engine/arn/parseFunctionName";
import { invoke } from "../src/engine/invocation/invoke";
import { prepareInvocation } from "../src/engine/invocation/prepareInvocation";
import { Operation } from "../src/engine/operation/Operation";
import { useRequestRole } from "../src/engine/roles/useRequestRole";
import type { Input } from "../src/engine/validation/Input";
import { InvokeFunctionRequest } from "./InvokeFunction";

/**
 * Function to invoke, its payload, and the role to assume.
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
   * Name of the parameter in Parameter Store that contains the external ID. Defaults to none: see `externalId`.
   *
   * 1 to 2,048 characters, for example `<customer>/<environment>/<key>`. Hierarchical names start with a slash, which you
   * can omit here. `key` and `/key` have no hierarchy and are two different parameters. The parameter is read and decrypted
   * in the connection's region. `undefined` is rejected, as for `externalId`.
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
   * Duration of the role session, in seconds, 900 to 43,200. Defaults to 3,600.
   *
   * It cannot exceed the maximum of the role, nor 3,600 if the connection's credentials are themselves a role session.
   */
  @Caption("Duration")
  @IsOptional()
  @IsSessionDuration()
  readonly durationSeconds?: number;

  /**
   * Session policy: an object, a string of JSON, or `none`. Defaults to a policy that allows only invoking this function.
   *
   * At most 2,048 characters of JSON. `none` gives the session all permissions of the role.
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
  readonly tags?: readonly Tag[];
}

/**
 * Assumes a role and invokes a function with it, usually in another account.
 *
 * The call reads the external ID from Parameter Store, assumes the role through STS, and invokes the function. Role sessions
 * are cached and refreshed in the background before they expire, so a call with a cached session is one HTTP request.
 * External IDs from Parameter Store are cached for five minutes, and read again once if the role rejects the cached one.
 *
 * Requests to Parameter Store and STS use the connection's region. The invocation uses the region of the function's ARN, or
 * the connection's region for a name. A name without an account refers to a function in the role's account.
 *
 * If the connection has a `role`, its session is the caller: it assumes the request's role, and reads the external ID.
 *
 * The caller needs `sts:AssumeRole`; for an `externalIdKey` also `ssm:GetParameter`, and `kms:Decrypt` if the parameter is a
 * SecureString that is encrypted with a customer managed key. The role needs `lambda:InvokeFunction`.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_CREDENTIALS`: no credentials were found, the external ID could not be read, or the role could not be assumed,
 *   including when Parameter Store or STS did not respond. The function did not run; `cause` has the reason.
 * - `ERR_FUNCTION`, `ERR_SERVICE`, `ERR_TRANSPORT`, `ERR_DEADLINE`, `ERR_RESPONSE`: as for {@link InvokeFunction}.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html |
 * AssumeRole in the STS API reference}
 * @see {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html |
 * GetParameter in the Systems Manager API reference}
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const { payload } = await connector.assumeRoleInvoke({
 *   functionName: "arn:aws:lambda:eu-central-1:222233334444:function:price",
 *   payload: { sku: "A-17" },
 *   roleArn: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_prices",
 *   externalIdKey: "acme/prod/trustKey",
 * });
 * console.log(payload);
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

  /**
   * Executes the operation once. The request is a plain object or an instance of its class, and is not modified. The
   * options apply to this call only.
   *
   * @typeParam Payload - The type that you expect of the payload; it is not checked.
   * @throws `ERR_INVALID_INPUT` before anything is sent, and the errors documented for the operation.
   */
  override execute<Payload = unknown>(
    request: Input<AssumeRoleInvokeRequest>,
    options?: Input<CallOptions>,
  ): Promise<InvokeFunctionResponse<Payload>> {
    return super.execute(request, options) as Promise<
      InvokeFunctionResponse<Payload>
    >;
  }

  protected async run(
    request: AssumeRoleInvokeRequest,
    call: Call,
  ): Promise<InvokeFunctionResponse> {
    const ready = prepareInvocation(request, call);
    const region =
      parseFunctionName(request.functionName).region ??
      call.settings.region ??
      (await call.region());
    useRequestRole(request, region, call);
    return invoke(ready, call, { region });
  }
}
