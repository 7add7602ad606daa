import { Caption } from "../decorators";

/**
 * How and where a function logs.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html |
 * LoggingConfig in the Lambda API reference}
 */
export class LoggingConfig {
  /** Format of the log: `JSON` or `Text`. */
  @Caption("Log format")
  readonly logFormat?: string;

  /**
   * Lowest level of the function's own lines that is kept: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR` or `FATAL`. With
   * `JSON` only.
   */
  @Caption("Application log level")
  readonly applicationLogLevel?: string;

  /** Lowest level of Lambda's lines that is kept: `DEBUG`, `INFO` or `WARN`. With `JSON` only. */
  @Caption("System log level")
  readonly systemLogLevel?: string;

  /** Name of the CloudWatch log group, 1 to 512 characters; `/aws/lambda/<name>` unless it was changed. */
  @Caption("Log group")
  readonly logGroup?: string;
}
