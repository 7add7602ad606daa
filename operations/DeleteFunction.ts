import { Function as LambdaFunction } from "../domain";
import {
  Caption,
  IsOptional,
  IsString,
  Length,
  Matches,
  NotNull,
} from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import { Operation } from "../src/engine/operation/Operation";
import { answering } from "../src/engine/call/serviceErrors";

/**
 * What to delete.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html |
 * DeleteFunction in the Lambda API reference}
 */
export class DeleteFunctionRequest extends LambdaFunction {
  /**
   * Number of the one version to delete, 1 to 128 characters; AWS deletes neither `$LATEST` nor an alias by itself.
   * Absent: the whole function with all its versions and aliases; `null` is not taken for absent here.
   */
  @Caption("Qualifier")
  @IsOptional()
  @IsString()
  @NotNull(
    "qualifier takes a version, and null is none; leave it out to delete the whole function",
  )
  @Length(1, 128, {
    message:
      "qualifier takes a version, 1 to 128 characters; leave it out to delete the whole function",
  })
  @Matches(/^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+)$/, {
    message: "qualifier takes a version, for example 7",
  })
  readonly qualifier?: string;
}

/**
 * Deletes a function, or one of its versions. It cannot be undone. Event source mappings stay.
 *
 * Answers `true` when it is deleted (or being deleted, where AWS takes its time), `false` when it was not there. Needs
 * `lambda:DeleteFunction`.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_SERVICE`: AWS refuses for any other reason than that the function is not there.
 * - `ERR_CREDENTIALS`: there are no keys.
 * - `ERR_TRANSPORT`: no whole answer came.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 * - `ERR_RESPONSE`: the answer cannot be read.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html |
 * DeleteFunction in the Lambda API reference}
 *
 * @example
 * const gone = await connector.deleteFunction({ functionName: "price" });
 */
export class DeleteFunction extends Operation<DeleteFunctionRequest, boolean> {
  readonly name = "DeleteFunction";
  readonly permissions = ["lambda:DeleteFunction"];
  readonly request = DeleteFunctionRequest;

  protected async run(
    { functionName, qualifier }: DeleteFunctionRequest,
    call: Call,
  ): Promise<boolean> {
    const sent = call.lambda("DeleteFunction", {
      FunctionName: functionName,
      Qualifier: qualifier,
    });
    return sent.then(
      () => true,
      answering(["ResourceNotFoundException"], (refusal) => {
        // The same code says that the ARN belongs to another region, where the function may well be.
        if (!refusal.message.startsWith("Function not found")) throw refusal;
        // Not there any more: an attempt of which no answer came has deleted it.
        return call.mayBeDone;
      }),
    );
  }
}
