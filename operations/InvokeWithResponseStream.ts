import { Invocation, type InvokeWithResponseStreamResponse } from "../domain";
import { Caption, IsIn, IsOptional } from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import { prepare } from "../src/engine/invocation/invoke";
import {
  loadStreams,
  StreamOperation,
} from "../src/engine/operation/StreamOperation";

/**
 * Which function to run, with what, and how.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html |
 * InvokeWithResponseStream in the Lambda API reference}
 */
export class InvokeWithResponseStreamRequest extends Invocation {
  /** `RequestResponse`: run it; `DryRun`: only check. Absent: `RequestResponse`. */
  @Caption("Invocation type")
  @IsOptional()
  @IsIn(["RequestResponse", "DryRun"], {
    message: "invocationType takes RequestResponse or DryRun",
  })
  readonly invocationType?: "RequestResponse" | "DryRun";
}

/**
 * Runs a function and hands over its answer piece by piece, up to 200 MB. It is sent once. The time of the call goes on
 * until the last piece has been read.
 *
 * Needs `lambda:InvokeFunction`.
 *
 * @throws `ERR_INVALID_INPUT` before anything is sent; `ERR_SERVICE` when AWS refuses; `ERR_CREDENTIALS` without keys;
 * `ERR_TRANSPORT` when nothing answers; `ERR_DEADLINE` when time runs out. Once it has begun: as
 * {@link domain!InvokeWithResponseStreamResponse} does while it is read.
 *
 * @example
 * const answer = await connector.invokeWithResponseStream({ functionName: "report" });
 * for await (const piece of answer) process.stdout.write(piece);
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
    return loadStreams().invokeStreaming(prepare(request, call), call);
  }
}
