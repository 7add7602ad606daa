import {
  ConnectorError,
  setErrorName,
  type ErrorInitOf,
} from "./ConnectorError";

/**
 * The call's time limit was exceeded, or the caller's signal was aborted.
 *
 * A function that was running may keep running. Set a longer `timeoutMs`, or invoke a long-running function as an `Event`.
 * Check `execution` before you try again. A function that exceeded its own timeout is a {@link FunctionError}.
 *
 * @example
 * try {
 *   const request = { functionName: "price" };
 *   await connector.invokeFunction(request, { timeoutMs: 500 });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_DEADLINE")
 *     console.log(error.reason, error.execution);
 *   else throw error;
 * }
 */
export class DeadlineError extends ConnectorError {
  declare readonly name: "DeadlineError";

  readonly code = "ERR_DEADLINE";

  /** What ended the call: `timeout`, or `aborted` if the caller's signal was aborted. */
  readonly reason!: "timeout" | "aborted";

  /** The signal's `reason` if the caller's signal was aborted: `cause === signal.reason`. Not set after a timeout. */
  declare readonly cause?: unknown;

  /** The time limit that was exceeded, in milliseconds. Not set if the caller's signal was aborted. */
  readonly timeoutMs?: number;

  /** Created by the connector. */
  constructor(init: ErrorInitOf<DeadlineError>) {
    super(init);
  }
}

setErrorName(DeadlineError, "DeadlineError");
