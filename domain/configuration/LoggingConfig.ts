import { Caption } from "../decorators";

/**
 * Logging settings of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html |
 * LoggingConfig in the Lambda API reference}
 */
export class LoggingConfig {
  /** Log format: `JSON` or `Text`. */
  @Caption("Log format")
  readonly logFormat?: string;

  /**
   * Minimum level of the function's log entries: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR` or `FATAL`. Only for the log
   * format `JSON`.
   */
  @Caption("Application log level")
  readonly applicationLogLevel?: string;

  /** Minimum level of Lambda's own log entries: `DEBUG`, `INFO` or `WARN`. Only for the log format `JSON`. */
  @Caption("System log level")
  readonly systemLogLevel?: string;

  /** Name of the CloudWatch log group, 1 to 512 characters. AWS's default is `/aws/lambda/<name>`. */
  @Caption("Log group")
  readonly logGroup?: string;
}
