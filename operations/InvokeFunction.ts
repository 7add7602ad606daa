import {
  Invocation,
  InvocationType,
  type InvokeFunctionResponse,
} from "../domain";
import {
  Caption,
  IsIn,
  IsOptional,
  IsString,
  Matches,
} from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import { invoke, prepare } from "../src/engine/invocation/invoke";
import { Operation } from "../src/engine/operation/Operation";

/**
 * Which function to run, with what, and how.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export class InvokeFunctionRequest extends Invocation {
  /** `RequestResponse`: wait for the answer; `Event`: queue it; `DryRun`: only check. Absent: `RequestResponse`. */
  @Caption("Invocation type")
  @IsOptional()
  @IsIn(Object.values(InvocationType), {
    message: "invocationType takes RequestResponse, Event or DryRun",
  })
  readonly invocationType?: `${InvocationType}`;

  /**
   * Lambda's own idempotency key for durable functions, 1 to 64 letters, digits, hyphens and underscores. The same name
   * with the same payload gives the execution that is there. Absent: none.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html | Invoking durable functions}
   */
  @Caption("Durable execution name")
  @IsOptional()
  @IsString()
  @Matches(/^[a-zA-Z0-9-_]{1,64}$/, {
    message:
      "durableExecutionName takes 1 to 64 letters, digits, hyphens and underscores",
  })
  readonly durableExecutionName?: string;

  /** What a failed function is: `return`, an answer with `functionError`; `throw`, `ERR_FUNCTION`. Absent: `throw`. */
  @Caption("On function error")
  @IsOptional()
  @IsIn(["throw", "return"], {
    message: "onFunctionError takes throw or return",
  })
  readonly onFunctionError?: "throw" | "return";
}

/**
 * Runs a function, queues an event for it, or checks that it could be run.
 *
 * It is sent once. When no answer comes, the error's `execution` tells whether the function may have run. Needs
 * `lambda:InvokeFunction`.
 *
 * It is sent to the connection's region. An ARN of another region Lambda refuses (`ERR_SERVICE`,
 * `ResourceNotFoundException`): make a connector for that region. {@link AssumeRoleInvoke} follows the ARN.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_FUNCTION`: the function ran and failed, unless `onFunctionError` is `return`.
 * - `ERR_SERVICE`: AWS refuses.
 * - `ERR_CREDENTIALS`: there are no keys.
 * - `ERR_TRANSPORT`: no whole answer came.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 * - `ERR_RESPONSE`: the answer cannot be read. One that is not JSON throws where its `payload` is read, not here.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const answer = await connector.invokeFunction({
 *   functionName: "price",
 *   payload: { sku: "A-17" },
 * });
 * console.log(answer.payload);
 *
 * @example
 * await connector.invokeFunction({ functionName: "report:live", payload: { day: 1 }, invocationType: "Event" });
 */
export class InvokeFunction extends Operation<
  InvokeFunctionRequest,
  InvokeFunctionResponse
> {
  readonly name = "InvokeFunction";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeFunctionRequest;

  protected run(
    request: InvokeFunctionRequest,
    call: Call,
  ): Promise<InvokeFunctionResponse> {
    return invoke(prepare(request, call), call);
  }
}
