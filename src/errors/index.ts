export type { AnyConnectorError } from "./AnyConnectorError";
export {
  ConnectorError,
  type ErrorInit,
  type ErrorInitOf,
} from "./ConnectorError";
export { CredentialsError } from "./CredentialsError";
export { DeadlineError } from "./DeadlineError";
export type { ErrorCode, ErrorName } from "./ErrorCode";
export type { Execution } from "./Execution";
export { FunctionError } from "./FunctionError";
export { InvalidInputError } from "./InvalidInputError";
export { isConnectorError } from "./isConnectorError";
export type { Issue } from "./Issue";
export { ResponseError } from "./ResponseError";
export { ServiceError } from "./ServiceError";
export { TransportError } from "./TransportError";
