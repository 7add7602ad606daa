import { Caption, IsString, Length, Matches } from "./decorators";

/**
 * Every form in which AWS names a function, from
 * {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Lambda's API model}: the name, a partial or a
 * full ARN, each with or without a qualifier. Anchored here, as the service matches the whole value.
 */
export const FUNCTION_NAME =
  /^(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

/**
 * The name of a Lambda function: what the requests and {@link FunctionResponse} have in common.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export class Function {
  /**
   * Name of the function, 1 to 256 characters. `price`, `price:live` (with an alias or a version),
   * `111122223333:function:price` and `arn:aws:lambda:eu-central-1:111122223333:function:price` are all understood; an ARN
   * of the connection's own region, unless a role is borrowed for it. A bare name means the caller's account, or the role's. The bare name has at most 64 characters: of a longer
   * one AWS says that there is no such function.
   */
  @Caption("Function name")
  @IsString()
  @Length(1, 256, {
    message: "functionName takes 1 to 256 characters",
  })
  @Matches(FUNCTION_NAME, {
    message:
      "functionName takes a name, a partial ARN or a full ARN, for example price, price:live or arn:aws:lambda:eu-central-1:111122223333:function:price",
  })
  // `.` and `..` fit AWS's pattern, but a path segment of dots is removed on the way.
  @Matches(/^(?!\.{1,2}(:|$))/, {
    message: "functionName takes a name, not a path",
  })
  readonly functionName!: string;
}
