import { Credentials } from "../domain";
import type { Call } from "../src/engine/call/Call";
import { CredentialsOperation } from "../src/engine/operation/CredentialsOperation";
import { noteRoleSession } from "../src/engine/connection/roleSessions";

/** An empty request: nothing has to be said. */
export class GetDefaultCredentialsRequest {}

/**
 * Gets the keys that the connection uses: those it was given, or else those that the machine's own chain finds
 * (environment, web identity, SSO, profile, container, instance). They are not renewed; a connection without
 * `credentials` renews its own.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request or the options break a rule.
 * - `ERR_CREDENTIALS`: there are no keys; `cause` tells why.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html |
 * AWS's chain of credential providers}
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
    const keys = await call.keys();
    return noteRoleSession(new Credentials(keys), keys);
  }
}
