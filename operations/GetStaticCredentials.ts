import { Credentials } from "../domain";
import { CredentialsOperation } from "../src/engine/operation/CredentialsOperation";

/** The keys to use: an access key id and its secret, and for temporary keys the session token. */
export class GetStaticCredentialsRequest extends Credentials {}

/**
 * Makes {@link domain!Credentials} of given keys, checked for form; nothing is sent.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: names the field that breaks a rule, never its value.
 * - `ERR_DEADLINE`: the caller's signal had fired.
 *
 * @example
 * const credentials = await connector.getStaticCredentials({ accessKeyId, secretAccessKey });
 * const own = createConnector({ region: AWS_Region.eu_central_1, credentials });
 */
export class GetStaticCredentials extends CredentialsOperation<GetStaticCredentialsRequest> {
  readonly name = "GetStaticCredentials";
  readonly permissions: readonly string[] = [];
  readonly request = GetStaticCredentialsRequest;

  protected run(request: GetStaticCredentialsRequest): Promise<Credentials> {
    return Promise.resolve(new Credentials(request));
  }
}
