import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";

/** The outcome of one request: a response or an error. */
export interface BatchOutcome {
  /** Index of the request in the input, starting at 0. */
  readonly index: number;
  readonly response?: InvokeFunctionResponse;
  readonly error?: AnyConnectorError;
}

/**
 * Whether the caller's signal ended the invocation. For the resume file it is then still in flight, as after a crash: a resumed
 * run decides whether to send it again.
 */
export function isCutOff({ error }: BatchOutcome): boolean {
  return error?.code === "ERR_DEADLINE" && error.reason === "aborted";
}
