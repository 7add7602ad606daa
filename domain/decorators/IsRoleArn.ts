import { Length, Matches } from "./libraries/classValidator";
import { combine } from "./combine";
import { IsString } from "./IsString";

/** Requires the ARN of an IAM role, 20 to 2,048 characters. */
export function IsRoleArn(): PropertyDecorator {
  return combine(
    IsString(),
    Length(20, 2048, {
      message:
        "$property must be the ARN of a role, 20 to 2,048 characters long",
    }),
    Matches(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\-/]+$/, {
      message:
        "$property must be the ARN of a role, for example arn:aws:iam::222233334444:role/invoker",
    }),
  );
}
