import type { AnyConnectorError } from "./AnyConnectorError";
import { ERROR_BRAND } from "./errorBrand";

/**
 * Returns whether a thrown value is an error of this package, whichever copy of the package created it. Never throws.
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
export function isConnectorError(thrown: unknown): thrown is AnyConnectorError {
  try {
    return (
      typeof thrown === "object" && thrown !== null && ERROR_BRAND in thrown
    );
  } catch {
    // A revoked proxy, for example.
    return false;
  }
}
