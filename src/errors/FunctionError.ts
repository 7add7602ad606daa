import type { InvokeFunctionResponse } from "../../domain";
import {
  ConnectorError,
  setErrorName,
  type ErrorInitOf,
} from "./ConnectorError";

/**
 * The function threw, crashed or exceeded its own timeout. Lambda itself worked.
 *
 * The function ran: fix it, or search its log for `response.requestId`. With `onFunctionError: "return"` in the request, the
 * response is returned instead. `errorType`, `errorMessage` and `trace` come from the function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html | Function errors}
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_FUNCTION")
 *     console.log(error.errorType, error.trace);
 *   else throw error;
 * }
 */
export class FunctionError extends ConnectorError {
  declare readonly name: "FunctionError";

  readonly code = "ERR_FUNCTION";

  /**
   * The whole response, as `onFunctionError: "return"` returns it. Not enumerable: its payload and log repeat the function's error,
   * which would be printed twice. {@link toJSON} includes it.
   */
  declare readonly response: InvokeFunctionResponse;

  /** The function's error type, for example `TypeError` or `Sandbox.Timedout`. Not set if it has none. */
  readonly errorType?: string;

  /** The function's error message. Not set if it has none. */
  readonly errorMessage?: string;

  /** The function's stack trace, one string per line. Not set if it has none. */
  readonly trace?: readonly string[];

  /** Created by the connector. */
  constructor(init: ErrorInitOf<FunctionError>) {
    const { response, ...fields } = init;
    super(fields);
    Object.defineProperty(this, "response", { value: response });
  }

  /** Returns every field except the stack trace and the cause, with the response. None of them contains a secret. */
  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), response: this.response };
  }
}

setErrorName(FunctionError, "FunctionError");
