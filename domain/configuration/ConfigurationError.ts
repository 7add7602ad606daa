import { Caption } from "../decorators";

/** Why a part of a function's configuration could not be applied. */
export class ConfigurationError {
  /** AWS's code for what went wrong. */
  @Caption("Error code")
  readonly errorCode?: string;

  /** What went wrong, in AWS's words. */
  @Caption("Message")
  readonly message?: string;
}
