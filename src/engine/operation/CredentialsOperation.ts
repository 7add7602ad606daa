import type { Credentials } from "../../../domain";
import type { Input } from "../validation/Input";
import { Operation } from "./Operation";

/** What a provider is made of: nothing is needed where every field of the request is optional. */
export type ProviderArguments<Request> = object extends Request
  ? [request?: Input<Request>]
  : [request: Input<Request>];

/**
 * An operation that answers with keys. A level of its own above `Operation`: the three that give keys give them to
 * connections as well, and nothing else does.
 */
export abstract class CredentialsOperation<
  Request extends object,
> extends Operation<Request, Credentials> {
  /**
   * The same as a function that gives keys whenever it is asked: a connection takes it as its `credentials`, and the AWS
   * SDK does. It is asked again when the keys are about to expire; each time it is this operation that answers.
   *
   * @throws `ERR_INVALID_INPUT` at once where the request breaks a rule; whatever else {@link execute} throws, the
   * function throws.
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
      this.perform(parsed, undefined, (each, call) => this.run(each, call));
  }

  /** Refuses what its rules let through and can be known to be wrong before anything is asked. */
  protected check?(request: Request): void;
}
