import { Function as LambdaFunction } from "../domain";
import {
  Caption,
  IsOptional,
  IsString,
  Length,
  Matches,
} from "../domain/decorators";
import type { Call } from "../src/engine/Call";
import { Operation } from "../src/engine/Operation";
import { answering } from "../src/engine/serviceErrors";

/** What to delete. */
export class DeleteFunctionRequest extends LambdaFunction {
  /** One version, by its number. Absent: the whole function with all its versions and aliases. */
  @Caption("Qualifier")
  @IsOptional()
  @IsString()
  @Length(1, 128, { message: "qualifier takes 1 to 128 characters" })
  @Matches(/^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+)$/, {
    message: "qualifier takes a version",
  })
  readonly qualifier?: string;
}

/**
 * Deletes a function, or one of its versions. It cannot be undone. Event source mappings stay.
 *
 * Answers `true` when it is deleted (or being deleted, where AWS takes its time), `false` when it was not there.
 *
 * @throws `ERR_INVALID_INPUT` before anything is sent; `ERR_SERVICE` when AWS refuses for any other reason;
 * `ERR_CREDENTIALS` without keys; `ERR_TRANSPORT` when nothing answers; `ERR_DEADLINE` when time runs out.
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
