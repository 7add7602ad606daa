/** The `code` of every error. The set is closed. */
export type ErrorCode =
  | "ERR_INVALID_INPUT"
  | "ERR_CREDENTIALS"
  | "ERR_SERVICE"
  | "ERR_TRANSPORT"
  | "ERR_DEADLINE"
  | "ERR_FUNCTION"
  | "ERR_RESPONSE";

/** The `name` of every error. */
export type ErrorName =
  | "InvalidInputError"
  | "CredentialsError"
  | "ServiceError"
  | "TransportError"
  | "DeadlineError"
  | "FunctionError"
  | "ResponseError";
