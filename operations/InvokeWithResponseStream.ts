import {
  InvocationRequest,
  type InvokeWithResponseStreamResponse,
} from "../domain";
import { Caption, IsIn, IsOptional } from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import { invokeWithResponseStream } from "../src/engine/invocation/invokeWithResponseStream";
import { prepareInvocation } from "../src/engine/invocation/prepareInvocation";
import { StreamOperation } from "../src/engine/operation/StreamOperation";

/**
 * Function to invoke, its payload, and how to invoke it.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html |
 * InvokeWithResponseStream in the Lambda API reference}
 */
export class InvokeWithResponseStreamRequest extends InvocationRequest {
  /**
   * Type of the invocation. Defaults to `RequestResponse`.
   *
   * `RequestResponse` runs the function; `DryRun` only checks permissions.
   */
  @Caption("Invocation type")
  @IsOptional()
  @IsIn(["RequestResponse", "DryRun"], {
    message: "invocationType must be RequestResponse or DryRun",
  })
  readonly invocationType?: "RequestResponse" | "DryRun";
}

/**
 * Invokes a function and streams its response, up to 200 MB.
 *
 * This call runs the function at most once, unless the request is `idempotent`: a request that certainly did not run, for
 * example because AWS throttled it, is sent again, up to `maxAttempts` (3) times in total. The timeout applies until the last chunk has been read. Needs
 * `lambda:InvokeFunction`.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_SERVICE`: AWS refused the request.
 * - `ERR_CREDENTIALS`: no credentials were found.
 * - `ERR_TRANSPORT`: no complete response was received.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 *
 * After the stream has started, reading it throws the errors of {@link domain!InvokeWithResponseStreamResponse}.
 *
 * @example
 * const response = await connector.invokeWithResponseStream({
 *   functionName: "report",
 * });
 * for await (const chunk of response) process.stdout.write(chunk);
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html | Response streaming}
 */
export class InvokeWithResponseStream extends StreamOperation<
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse
> {
  readonly name = "InvokeWithResponseStream";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeWithResponseStreamRequest;

  protected run(
    request: InvokeWithResponseStreamRequest,
    call: Call,
  ): Promise<InvokeWithResponseStreamResponse> {
    return invokeWithResponseStream(prepareInvocation(request, call), call);
  }
}
