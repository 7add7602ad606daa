import { ConnectorError, setErrorName } from "./ConnectorError";

/**
 * There was no complete response: the host was not found, the connection failed or broke.
 *
 * Also thrown if the call failed before it reached AWS. Check the region, the endpoint, the proxy and the network; `cause` is
 * the system's error. Check `execution` before you try again: a connection may break after the function has started.
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_TRANSPORT")
 *     console.log(error.message, error.execution);
 *   else throw error;
 * }
 */
export class TransportError extends ConnectorError {
  declare readonly name: "TransportError";

  readonly code = "ERR_TRANSPORT";
}

setErrorName(TransportError, "TransportError");
