import { Credentials } from "../domain";
import type { Call } from "../src/engine/Call";
import { Operation } from "../src/engine/Operation";

/** Nothing has to be said. */
export class GetDefaultCredentialsRequest {}

/**
 * Gets the keys that the connection uses: those it was given, or else those that the machine's own chain finds
 * (environment, web identity, SSO, profile, container, instance). They are not renewed; a connection without
 * `credentials` renews its own.
 *
 * @throws `ERR_CREDENTIALS` when there are none; `ERR_DEADLINE` when time runs out.
 *
 * @example
 * const credentials = await connector.getDefaultCredentials();
 */
export class GetDefaultCredentials extends Operation<
  GetDefaultCredentialsRequest,
  Credentials
> {
  readonly name = "GetDefaultCredentials";
  readonly permissions: readonly string[] = [];
  readonly request = GetDefaultCredentialsRequest;

  protected async run(
    _request: GetDefaultCredentialsRequest,
    call: Call,
  ): Promise<Credentials> {
    return new Credentials(await call.keys());
  }
}
