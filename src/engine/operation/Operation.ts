import { BaseOperation } from "./BaseOperation";
import type { Call } from "../call/Call";
import type { CallOptions } from "../call/CallOptions";
import type { Input } from "../validation/Input";

/** The arguments of `execute`. The request may be omitted if all its fields are optional. */
export type ExecuteArguments<Request> = object extends Request
  ? [request?: Input<Request>, options?: Input<CallOptions>]
  : [request: Input<Request>, options?: Input<CallOptions>];

/** An operation with one request and one result. A subclass defines `name`, `permissions`, `request` and `run`. */
export abstract class Operation<
  Request extends object,
  Result,
> extends BaseOperation<Request> {
  /**
   * Executes the operation once. The request is a plain object or an instance of its class, and is not modified. The
   * options apply to this call only.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent, and the errors documented for the operation.
   */
  execute(...[request, options]: ExecuteArguments<Request>): Promise<Result> {
    return this.runCall({
      request,
      options,
      work: (parsed, call) => this.run(parsed, call),
    });
  }

  /** Sends the request to AWS and returns the translated response. */
  protected abstract run(request: Request, call: Call): Promise<Result>;
}
