import { Credentials } from "../domain";
import { Operation } from "../src/engine/Operation";

/** The keys to use: an access key id and its secret, and for temporary keys the session token. */
export class GetStaticCredentialsRequest extends Credentials {}

/**
 * Makes {@link domain!Credentials} of given keys, checked for form; nothing is sent.
 *
 * @throws `ERR_INVALID_INPUT` naming the field that breaks a rule, never its value.
 *
 * @example
 * const credentials = await connector.getStaticCredentials({ accessKeyId, secretAccessKey });
 */
export class GetStaticCredentials extends Operation<
  GetStaticCredentialsRequest,
  Credentials
> {
  readonly name = "GetStaticCredentials";
  readonly permissions: readonly string[] = [];
  readonly request = GetStaticCredentialsRequest;

  protected run(request: GetStaticCredentialsRequest): Promise<Credentials> {
    return Promise.resolve(new Credentials(request));
  }
}
