import { Credentials } from "../domain";
import type { Call } from "../src/engine/call/Call";
import { CredentialsOperation } from "../src/engine/operation/CredentialsOperation";
import { markRoleSession } from "../src/engine/settings/roleSession";

/** Empty request. */
export class GetDefaultCredentialsRequest {}

/**
 * Returns the credentials that the connection uses.
 *
 * These are the connection's `credentials`, or else those that AWS's default chain finds: environment, web identity, SSO,
 * profile, container, instance. The returned credentials are not refreshed. A connection without `credentials` refreshes
 * its own.
 *
 * If the connection has a `role`, these are the credentials that assume it, not those of its session.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request or the options are invalid.
 * - `ERR_CREDENTIALS`: no credentials were found; `cause` has the reason.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html |
 * Standardized credential providers}
 *
 * @example
 * const credentials = await connector.getDefaultCredentials();
 * console.log(credentials.accessKeyId, credentials.expiration);
 */
export class GetDefaultCredentials extends CredentialsOperation<GetDefaultCredentialsRequest> {
  readonly name = "GetDefaultCredentials";
  readonly permissions: readonly string[] = [];
  readonly request = GetDefaultCredentialsRequest;

  protected async run(
    _request: GetDefaultCredentialsRequest,
    call: Call,
  ): Promise<Credentials> {
    const credentials = await call.credentials();
    return markRoleSession(new Credentials(credentials), credentials);
  }
}
