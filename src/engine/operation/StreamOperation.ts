import { BaseOperation } from "./BaseOperation";
import type { Call } from "../call/Call";
import type { ExecuteArguments } from "./Operation";

/** An operation whose result is a stream. A subclass defines `run`, which ends the call when everything has been read. */
export abstract class StreamOperation<
  Request extends object,
  Result,
> extends BaseOperation<Request> {
  /**
   * Executes the operation once. The result is returned as soon as the response begins.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent, and the errors documented for the operation.
   */
  execute(...[request, options]: ExecuteArguments<Request>): Promise<Result> {
    return this.runCall({
      request,
      options,
      work: (parsed, call) => this.run(parsed, call),
      staysOpen: true,
    });
  }

  /** Sends the request to AWS and returns when the response begins. */
  protected abstract run(request: Request, call: Call): Promise<Result>;
}
