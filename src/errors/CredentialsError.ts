import {
  ConnectorError,
  setErrorName,
  type ErrorInitOf,
} from "./ConnectorError";

/**
 * There were no usable credentials.
 *
 * Thrown if no credentials were found, if a credentials function threw, if IAM Roles Anywhere created no session, if the role
 * could not be assumed, or if its external ID could not be read. Check the connection's `credentials`, or the role's trust
 * policy and external ID; `cause` has the reason. If `retryable` is true, call again. Credentials that AWS rejects are a
 * {@link ServiceError}, unless they were needed to assume a role.
 *
 * @example
 * try {
 *   await connector.getDefaultCredentials();
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_CREDENTIALS")
 *     console.log(error.message, error.roleArn);
 *   else throw error;
 * }
 */
export class CredentialsError extends ConnectorError {
  declare readonly name: "CredentialsError";

  readonly code = "ERR_CREDENTIALS";

  /** ARN of the role that could not be assumed. Not set if no role was involved. */
  readonly roleArn?: string;

  /** AWS's error code, for example `AccessDenied`; new codes may be added. Not set if AWS sent no response. */
  readonly serviceCode?: string;

  /** Created by the connector. */
  constructor(init: ErrorInitOf<CredentialsError>) {
    super(init);
  }
}

setErrorName(CredentialsError, "CredentialsError");
