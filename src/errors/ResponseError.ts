import {
  ConnectorError,
  setErrorName,
  type ErrorInitOf,
} from "./ConnectorError";
import type { Issue } from "./Issue";

/**
 * A response cannot be read, or breaks the function's contract.
 *
 * Thrown if a captive portal or a proxy responded instead of AWS, if the function's response is not JSON, if it breaks the
 * rules of the contract, or if a paged list returns the same marker twice. Check the endpoint and the proxy, or correct the
 * function or the contract. Check `execution` before you try again.
 *
 * @example
 * try {
 *   await connector.listFunctions();
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_RESPONSE")
 *     console.log(error.requestId, error.issues);
 *   else throw error;
 * }
 */
export class ResponseError extends ConnectorError {
  declare readonly name: "ResponseError";

  readonly code = "ERR_RESPONSE";

  /** Every broken rule of the contract. Not set if there is no contract. */
  readonly issues?: readonly Issue[];

  /** AWS's ID of the request. Not set if the response had none. */
  readonly requestId?: string;

  /** Created by the connector. */
  constructor(init: ErrorInitOf<ResponseError>) {
    super(init);
  }
}

setErrorName(ResponseError, "ResponseError");
