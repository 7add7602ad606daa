import type { CredentialsError } from "./CredentialsError";
import type { DeadlineError } from "./DeadlineError";
import type { FunctionError } from "./FunctionError";
import type { InvalidInputError } from "./InvalidInputError";
import type { ResponseError } from "./ResponseError";
import type { ServiceError } from "./ServiceError";
import type { TransportError } from "./TransportError";

/** Any error of this package. A `switch` on `code` narrows it to its class. The set is closed. */
export type AnyConnectorError =
  | InvalidInputError
  | CredentialsError
  | ServiceError
  | TransportError
  | DeadlineError
  | FunctionError
  | ResponseError;
