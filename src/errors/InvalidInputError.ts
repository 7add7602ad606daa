import {
  ConnectorError,
  setErrorName,
  type ErrorInitOf,
} from "./ConnectorError";
import type { Issue } from "./Issue";

/**
 * The input broke a rule. Nothing was sent.
 *
 * Thrown if a request, an option, a connection, a test hook or a contract breaks its rules, if no region is configured, and
 * by a connector that is closed. A response stream that is read a second time throws it too, after its request was sent, with
 * the rule `read-once`. Correct what `issues` names; the same call fails again.
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_INVALID_INPUT")
 *     console.log(error.issues);
 *   else throw error;
 * }
 */
export class InvalidInputError extends ConnectorError {
  declare readonly name: "InvalidInputError";

  readonly code = "ERR_INVALID_INPUT";

  /** Every broken rule, in the order of the fields. */
  readonly issues!: readonly Issue[];

  /** Created by the connector. */
  constructor(init: ErrorInitOf<InvalidInputError>) {
    super(init);
  }
}

setErrorName(InvalidInputError, "InvalidInputError");
