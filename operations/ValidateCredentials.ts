import { GET_CALLER_IDENTITY } from "../src/engine/actions/GetCallerIdentity";
import type { Call } from "../src/engine/call/Call";
import { sendRequest } from "../src/engine/call/request";
import { Operation } from "../src/engine/operation/Operation";
import { falseIfCredentialsRejected } from "../src/engine/operation/falseIfCredentialsRejected";

/** Empty request. The connection's credentials are validated. */
export class ValidateCredentialsRequest {}

/**
 * Returns whether AWS accepts the connection's credentials.
 *
 * Returns `false` if AWS rejects them as unknown, wrong or expired. The result says nothing about their permissions, and the
 * request itself needs none.
 *
 * If the connection has a `role`, the credentials of its session are validated. Returns `false` also if AWS rejects the
 * connection's own credentials, and throws if the role cannot be assumed for another reason.
 *
 * Mendix's activity also returns `false` when AWS does not respond. This operation throws in that case, because it says
 * nothing about the credentials; it also throws if there are no credentials or the credential provider failed.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_CREDENTIALS`: no credentials were found, the credential provider failed, or the connection's role could not be
 *   assumed; `cause` has the reason.
 * - `ERR_SERVICE`: AWS refused the request for another reason than the credentials.
 * - `ERR_TRANSPORT`: no complete response was received.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 * - `ERR_RESPONSE`: the response cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html |
 * GetCallerIdentity in the STS API reference}
 *
 * @example
 * if (!(await connector.validateCredentials()))
 *   console.log("AWS rejected the credentials.");
 */
export class ValidateCredentials extends Operation<
  ValidateCredentialsRequest,
  boolean
> {
  readonly name = "ValidateCredentials";
  readonly permissions = ["sts:GetCallerIdentity"];
  readonly request = ValidateCredentialsRequest;

  protected async run(
    _request: ValidateCredentialsRequest,
    call: Call,
  ): Promise<boolean> {
    return sendRequest(call, GET_CALLER_IDENTITY, { input: {} }).then(
      () => true,
      falseIfCredentialsRejected,
    );
  }
}
