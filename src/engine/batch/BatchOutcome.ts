import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";

/** The outcome of one request, with its index in the input: a response or an error. */
export type BatchOutcome =
  | {
      readonly index: number;
      readonly response: InvokeFunctionResponse;
      readonly error?: undefined;
    }
  | {
      readonly index: number;
      readonly response?: undefined;
      readonly error: AnyConnectorError;
    };
