import type { Call } from "../src/engine/call/Call";
import { Operation } from "../src/engine/operation/Operation";
import { answering, KEYS_REFUSED } from "../src/engine/call/serviceErrors";

/** An empty request: the connection's own keys are asked about. */
export class ValidateCredentialsRequest {}

/**
 * Tells whether AWS knows the connection's keys: `true`, or `false` where AWS refuses them as unknown, wrong or expired. It
 * says nothing of what they allow, and needs no permission: AWS answers it to every key it knows.
 *
 * Mendix's activity answers `false` when nothing answered, too; here that throws, as it tells nothing about the keys. So do
 * keys that could not be had: there are none, or the function that gives them failed.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_CREDENTIALS`: there are no keys to ask about; where the function that gives them failed, `cause` tells why.
 * - `ERR_SERVICE`: AWS refuses for another reason than the keys.
 * - `ERR_TRANSPORT`: no whole answer came.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 * - `ERR_RESPONSE`: the answer cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html |
 * GetCallerIdentity in the STS API reference}
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
      answering(KEYS_REFUSED, () => false),
    );
  }
}
