import { BaseOperation } from "./BaseOperation";
import type { Call } from "../call/Call";
import type { CallOptions } from "../call/CallOptions";
import type { Input } from "../validation/Input";

/** What an operation takes: nothing is needed where every field of its request is optional. */
export type ExecuteArguments<Request> = object extends Request
  ? [request?: Input<Request>, options?: Input<CallOptions>]
  : [request: Input<Request>, options?: Input<CallOptions>];

/** An activity with one request and one answer. It writes `name`, `permissions`, `request` and `run`. */
export abstract class Operation<
  Request extends object,
  Answer,
> extends BaseOperation<Request> {
  /**
   * Executes the operation once: the request is a plain object or an instance of its class, and is left as it is; the
   * options bound this one call.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent; otherwise as the operation says.
   */
  execute(...[request, options]: ExecuteArguments<Request>): Promise<Answer> {
    return this.perform(request, options, (parsed, call) =>
      this.run(parsed, call),
    );
  }

  /** Asks AWS, translates the answer, returns it. */
  protected abstract run(request: Request, call: Call): Promise<Answer>;
}
