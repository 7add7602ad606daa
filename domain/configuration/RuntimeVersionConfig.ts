import { Caption, Type } from "../decorators";
import { ConfigurationError } from "./ConfigurationError";

/**
 * The exact version of the runtime that a function uses.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_RuntimeVersionConfig.html |
 * RuntimeVersionConfig in the Lambda API reference}
 */
export class RuntimeVersionConfig {
  /** ARN of the runtime's version. */
  @Caption("Runtime version ARN")
  readonly runtimeVersionArn?: string;

  /** Why the version could not be found out. Absent: it could. */
  @Caption("Error")
  @Type(() => ConfigurationError)
  readonly error?: ConfigurationError;
}
