/** Result of an invocation, or of loading its module, inside the instance. */
export interface HandlerResult {
  readonly payload: Uint8Array;

  /** Type of the error that the payload reports. Undefined if the handler succeeded. */
  readonly errorType?: string;

  /** Text of the error's line in the log, if it has one. */
  readonly errorLog?: string;
}
