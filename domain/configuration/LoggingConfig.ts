import { Caption } from "../decorators";

/** How and where a function logs. */
export class LoggingConfig {
  /** `JSON` or `Text`. */
  @Caption("Log format")
  readonly logFormat?: string;

  /** Lowest level of the function's own lines that is kept, `TRACE` to `FATAL`; with `JSON` only. */
  @Caption("Application log level")
  readonly applicationLogLevel?: string;

  /** Lowest level of Lambda's lines that is kept, `DEBUG` to `WARN`; with `JSON` only. */
  @Caption("System log level")
  readonly systemLogLevel?: string;

  /** Name of the CloudWatch log group. */
  @Caption("Log group")
  readonly logGroup?: string;
}
