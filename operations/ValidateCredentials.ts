import type { Call } from "../src/engine/Call";
import { Operation } from "../src/engine/Operation";
import { answering, KEYS_REFUSED } from "../src/engine/serviceErrors";

/** Nothing has to be said: the connection's own keys are asked about. */
export class ValidateCredentialsRequest {}

/**
 * Tells whether AWS knows the connection's keys: `true`, or `false` where they are unknown, wrong or expired, or where
 * there are none. It says nothing of what they allow.
 *
 * Mendix's activity answers `false` when nothing answered, too; here that throws, as it tells nothing about the keys.
 *
 * @throws `ERR_TRANSPORT` when nothing answers; `ERR_SERVICE` when AWS refuses for another reason than the keys;
 * `ERR_DEADLINE` when time runs out.
 *
 * @example
 * if (!(await connector.validateCredentials())) console.log("Check the keys.");
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
    return call.sts("GetCallerIdentity", {}).then(
      () => true,
      answering([...KEYS_REFUSED, "KeysError"], () => false),
    );
  }
}
