import type { Credentials } from "../../../domain";
import type { Input } from "../validation/Input";
import { Operation } from "./Operation";

/** The arguments of `provider`. The request may be omitted if all its fields are optional. */
export type ProviderArguments<Request> = object extends Request
  ? [request?: Input<Request>]
  : [request: Input<Request>];

/**
 * An operation that returns credentials, and that also works as a credentials function. It is a second level of
 * inheritance because only the three operations that return credentials need {@link provider}.
 */
export abstract class CredentialsOperation<
  Request extends object,
> extends Operation<Request, Credentials> {
  /**
   * Returns a function that executes the operation and returns credentials. Pass it as `credentials` to a connection or to
   * an AWS SDK client, which calls it again when the credentials are about to expire.
   *
   * @throws `ERR_INVALID_INPUT` immediately if the request breaks a rule. The function throws the other errors of
   * {@link execute}.
   *
   * @example
   * const credentials = connector.getDefaultCredentials.provider();
   * const own = createConnector({ region: AWS_Region.eu_central_1, credentials });
   */
  provider(
    ...[request]: ProviderArguments<Request>
  ): () => Promise<Credentials> {
    const parsed = this.parse(request);
    this.check?.(parsed);
    return () =>
      this.runCall({
        request: parsed,
        options: undefined,
        work: (each, call) => this.run(each, call),
      });
  }

  /** Validates what the rules of the request's fields cannot express, before anything is sent. */
  protected check?(request: Request): void;
}
