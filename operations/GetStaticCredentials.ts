import { Credentials } from "../domain";
import { CredentialsOperation } from "../src/engine/operation/CredentialsOperation";

/** Access key ID and secret access key, and the session token of temporary credentials. */
export class GetStaticCredentialsRequest extends Credentials {}

/**
 * Validates the format of credentials and returns them as {@link domain!Credentials}. Nothing is sent.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: a field is invalid. The error contains its name, never its value.
 * - `ERR_DEADLINE`: the caller's signal was already aborted.
 *
 * @example
 * const credentials = await connector.getStaticCredentials({
 *   accessKeyId,
 *   secretAccessKey,
 * });
 * const other = createConnector({
 *   region: AWS_Region.eu_central_1,
 *   credentials,
 * });
 */
export class GetStaticCredentials extends CredentialsOperation<GetStaticCredentialsRequest> {
  readonly name = "GetStaticCredentials";
  readonly permissions: readonly string[] = [];
  readonly request = GetStaticCredentialsRequest;

  protected run(request: GetStaticCredentialsRequest): Promise<Credentials> {
    return Promise.resolve(new Credentials(request));
  }
}
