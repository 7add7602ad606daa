import { BaseOperation } from "./BaseOperation";
import type { Call } from "../call/Call";
import type { ExecuteArguments } from "./Operation";
import type * as Streams from "../invocation/invokeWithResponseStream";

/** An activity whose answer goes on after it has been given. It writes `run`, which ends the call when all is read. */
export abstract class StreamOperation<
  Request extends object,
  Answer,
> extends BaseOperation<Request> {
  /**
   * Executes the operation once: the answer is there as soon as it begins. What it takes, answers and throws stands at the
   * operation.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent; otherwise as the operation says.
   */
  execute(...[request, options]: ExecuteArguments<Request>): Promise<Answer> {
    return this.open(request, options, (parsed, call) =>
      this.run(parsed, call),
    );
  }

  /** Asks AWS, and answers when the answer begins. */
  protected abstract run(request: Request, call: Call): Promise<Answer>;
}

/** What reads streams, loaded when the first one is asked for. */
export function loadStreams(): typeof Streams {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only who streams loads it
  return require("../invocation/invokeWithResponseStream") as typeof Streams;
}
