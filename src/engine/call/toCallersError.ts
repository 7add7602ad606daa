import { ConnectorError, type AnyConnectorError } from "../../errors";
import { captureFrames } from "../../errors/captureFrames";
import { copyDescription } from "../text/errorDescription";

type ErrorClass = new (init: object) => AnyConnectorError;

/**
 * Returns an error that the engine created as an error of the current caller, with the stack frames of the code that awaits the
 * call. The engine's own promises hide these frames, and callers that wait for the same request would share one error. If it is
 * uncaught, Node prints no line of the engine's source.
 *
 * @param functionName - The function that the call's request names, if any.
 */
export function toCallersError(
  error: AnyConnectorError,
  functionName?: string,
): AnyConnectorError {
  // Another copy of this package created it.
  if (!(error instanceof ConnectorError)) return error;
  const { message, cause } = error;
  const response =
    error.code === "ERR_FUNCTION" ? { response: error.response } : undefined;
  const { code, operation, ...fields } = Object.assign({}, error, response);
  const copy = new (error.constructor as ErrorClass)({
    operation,
    functionName,
    ...fields,
    message,
    cause,
  });
  if (copy.code !== code) return error;
  captureFrames(copy, "node-do-not-add-exception-line");
  return copyDescription(error, copy);
}
