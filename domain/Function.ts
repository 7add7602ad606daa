import { Caption, IsString, Length, Matches } from "./decorators";

/**
 * Pattern of a function name in every form that AWS accepts: the name, a partial ARN or a full ARN, each with or without a
 * qualifier. From {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Lambda's API model}, with anchors
 * added because the service matches the whole value.
 */
export const FUNCTION_NAME =
  /^(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

/**
 * A Lambda function, identified by its name. Base class of requests and of {@link FunctionResponse}.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export class Function {
  /**
   * Name or ARN of the function, 1 to 256 characters.
   *
   * Accepted forms are `price`, `price:live` (with an alias or a version), `111122223333:function:price` and
   * `arn:aws:lambda:eu-central-1:111122223333:function:price`. An ARN must be in the connection's region, unless the
   * operation assumes a role. A name without an account refers to the caller's account, or to the role's account if a role
   * is assumed. The name itself has at most 64 characters; AWS reports a longer one as a function that does not exist.
   */
  @Caption("Function name")
  @IsString()
  @Length(1, 256, {
    message: "functionName must be 1 to 256 characters long",
  })
  @Matches(FUNCTION_NAME, {
    message:
      "functionName must be a name, a partial ARN or a full ARN, for example price, price:live or arn:aws:lambda:eu-central-1:111122223333:function:price",
  })
  // `.` and `..` match AWS's pattern, but HTTP clients and servers remove such path segments.
  @Matches(/^(?!\.{1,2}(:|$))/, {
    message: "functionName must be a name, not a path",
  })
  readonly functionName!: string;
}
