import { Function as LambdaFunction } from "../domain";
import {
  Caption,
  IsOptional,
  IsString,
  Length,
  Matches,
  NotNull,
  NotUndefined,
} from "../domain/decorators";
import { sdkAction } from "../src/engine/actions/sdkAction";
import type { Call } from "../src/engine/call/Call";
import { sendRequest } from "../src/engine/call/request";
import { Operation } from "../src/engine/operation/Operation";
import { recoverFrom } from "../src/engine/call/serviceErrors";

const DELETE_FUNCTION = sdkAction({
  service: "lambda",
  name: "DeleteFunction",
  load: async () => {
    const { LambdaClient: Client, DeleteFunctionCommand: Command } =
      await import("@aws-sdk/client-lambda");
    return { Client, Command };
  },
});

/**
 * Function or version to delete.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html |
 * DeleteFunction in the Lambda API reference}
 */
export class DeleteFunctionRequest extends LambdaFunction {
  /**
   * Version to delete, 1 to 128 characters. Defaults to the whole function with all versions and aliases.
   *
   * AWS deletes neither `$LATEST` nor an alias on its own. `null` and `undefined` are rejected, so that
   * they cannot delete the whole function.
   */
  @Caption("Qualifier")
  @IsOptional()
  @IsString()
  @NotNull(
    "qualifier must be a version, not null; omit it to delete the whole function",
  )
  @NotUndefined(
    "qualifier must be a version, not undefined; omit it to delete the whole function",
  )
  @Length(1, 128, {
    message:
      "qualifier must be a version, 1 to 128 characters long; omit it to delete the whole function",
  })
  @Matches(/^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+)$/, {
    message: "qualifier must be a version, for example 7",
  })
  readonly qualifier?: string;
}

/**
 * Deletes a function, or one of its versions. This cannot be undone.
 *
 * Returns `true` if AWS deleted it or has started to delete it, and `false` if it did not exist. Event source mappings are
 * not deleted. Needs `lambda:DeleteFunction`.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_SERVICE`: AWS refused the request, for another reason than that the function does not exist.
 * - `ERR_CREDENTIALS`: no credentials were found.
 * - `ERR_TRANSPORT`: no complete response was received.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 * - `ERR_RESPONSE`: the response cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html |
 * DeleteFunction in the Lambda API reference}
 *
 * @example
 * const deleted = await connector.deleteFunction({ functionName: "price" });
 */
export class DeleteFunction extends Operation<DeleteFunctionRequest, boolean> {
  readonly name = "DeleteFunction";
  readonly permissions = ["lambda:DeleteFunction"];
  readonly request = DeleteFunctionRequest;

  protected async run(
    { functionName, qualifier }: DeleteFunctionRequest,
    call: Call,
  ): Promise<boolean> {
    const sent = sendRequest(call, DELETE_FUNCTION, {
      input: { FunctionName: functionName, Qualifier: qualifier },
    });
    return sent.then(
      () => true,
      recoverFrom(["ResourceNotFoundException"], (refusal) => {
        // AWS uses the same code for an ARN of another region, in which the function can exist.
        if (!refusal.message.startsWith("Function not found")) throw refusal;
        // An earlier attempt whose response was lost may have deleted it.
        return call.mayHaveTakenEffect;
      }),
    );
  }
}
