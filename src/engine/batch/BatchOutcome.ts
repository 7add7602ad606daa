import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";

/** The outcome of one request: a response or an error. */
export interface BatchOutcome {
  /** Index of the request in the input, starting at 0. */
  readonly index: number;
  readonly response?: InvokeFunctionResponse;
  readonly error?: AnyConnectorError;
}
