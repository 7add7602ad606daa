import {
  InvocationRequest,
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
import type { CallOptions } from "../src/engine/call/CallOptions";
import { invoke } from "../src/engine/invocation/invoke";
import { prepareInvocation } from "../src/engine/invocation/prepareInvocation";
import { Operation } from "../src/engine/operation/Operation";
import type { Input } from "../src/engine/validation/Input";

/**
 * Function to invoke, its payload, and how to invoke it.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export class InvokeFunctionRequest extends InvocationRequest {
  /**
   * Type of the invocation. Defaults to `RequestResponse`.
   *
   * `RequestResponse` returns the function's response, `Event` queues the payload, and `DryRun` only checks permissions.
   */
  @Caption("Invocation type")
  @IsOptional()
  @IsIn(Object.values(InvocationType), {
    message: "invocationType must be RequestResponse, Event or DryRun",
  })
  readonly invocationType?: `${InvocationType}`;

  /**
   * Lambda's idempotency key for durable functions, 1 to 64 letters, digits, hyphens and underscores. Defaults to none.
   *
   * Invoking again with the same name and payload returns the existing execution.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html | Invoking durable functions}
   */
  @Caption("Durable execution name")
  @IsOptional()
  @IsString()
  @Matches(/^[a-zA-Z0-9-_]{1,64}$/, {
    message:
      "durableExecutionName must be 1 to 64 letters, digits, hyphens and underscores",
  })
  readonly durableExecutionName?: string;

  /**
   * Behavior when the function fails. Defaults to `throw`.
   *
   * `throw` throws `ERR_FUNCTION`; `return` returns a response with `functionError`.
   */
  @Caption("On function error")
  @IsOptional()
  @IsIn(["throw", "return"], {
    message: "onFunctionError must be throw or return",
  })
  readonly onFunctionError?: "throw" | "return";
}

/**
 * Invokes a function, queues an event for it, or checks that it can be invoked.
 *
 * This call runs the function at most once, unless the request is `idempotent`: a request that certainly did not run, for
 * example because AWS throttled it, is sent again, up to `maxAttempts` (3) times in total. If there is no response, the error's `execution` says whether
 * the function ran. Needs `lambda:InvokeFunction`.
 *
 * The request is sent to the connection's region. Lambda refuses an ARN of another region (`ERR_SERVICE` with
 * `ResourceNotFoundException`): create a connector for that region. {@link AssumeRoleInvoke} uses the region of the ARN.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_FUNCTION`: the function ran and failed, unless `onFunctionError` is `return`.
 * - `ERR_SERVICE`: AWS refused the request.
 * - `ERR_CREDENTIALS`: no credentials were found.
 * - `ERR_TRANSPORT`: no complete response was received.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 * - `ERR_RESPONSE`: the response cannot be read. A payload that is not JSON throws when `payload` is read, not here.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const { payload } = await connector.invokeFunction({
 *   functionName: "price",
 *   payload: { sku: "A-17" },
 * });
 * console.log(payload);
 *
 * @example
 * await connector.invokeFunction({
 *   functionName: "report:live",
 *   payload: { day: 1 },
 *   invocationType: "Event",
 * });
 */
export class InvokeFunction extends Operation<
  InvokeFunctionRequest,
  InvokeFunctionResponse
> {
  readonly name = "InvokeFunction";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeFunctionRequest;

  /**
   * Executes the operation once. The request is a plain object or an instance of its class, and is not modified. The
   * options apply to this call only.
   *
   * @typeParam Payload - The type that you expect of the payload; it is not checked.
   * @throws `ERR_INVALID_INPUT` before anything is sent, and the errors documented for the operation.
   */
  override execute<Payload = unknown>(
    request: Input<InvokeFunctionRequest>,
    options?: Input<CallOptions>,
  ): Promise<InvokeFunctionResponse<Payload>> {
    return super.execute(request, options) as Promise<
      InvokeFunctionResponse<Payload>
    >;
  }

  protected run(
    request: InvokeFunctionRequest,
    call: Call,
  ): Promise<InvokeFunctionResponse> {
    return invoke(prepareInvocation(request, call), call);
  }
}
