// This file is the operation registry: the connector, the reference and the tools read it.
/**
 * The operations: one class each, with its request class.
 *
 * Create an operation with a connection and call `execute` with a request; or call the method of the same name of a
 * {@link "aws-lambda-connector"!Connector | Connector}, which does the same. Each page describes the result, the errors and
 * the required IAM actions.
 *
 * @example
 * import { DeleteFunction } from "aws-lambda-connector";
 *
 * const operation = new DeleteFunction({ region: "eu-central-1" });
 * const deleted = await operation.execute({ functionName: "obsolete" });
 *
 * @module operations
 */
export { AssumeRoleInvoke, AssumeRoleInvokeRequest } from "./AssumeRoleInvoke";
export { CheckAssumeRole, CheckAssumeRoleRequest } from "./CheckAssumeRole";
export { DeleteFunction, DeleteFunctionRequest } from "./DeleteFunction";
export {
  GetDefaultCredentials,
  GetDefaultCredentialsRequest,
} from "./GetDefaultCredentials";
export {
  GetSessionCredentials,
  GetSessionCredentialsRequest,
} from "./GetSessionCredentials";
export {
  GetStaticCredentials,
  GetStaticCredentialsRequest,
} from "./GetStaticCredentials";
export { InvokeFunction, InvokeFunctionRequest } from "./InvokeFunction";
export {
  InvocationOutcome,
  InvokeMany,
  InvokeManyRequest,
  type BatchOptions,
  type BatchProgress,
} from "./InvokeMany";
export {
  InvokeWithResponseStream,
  InvokeWithResponseStreamRequest,
} from "./InvokeWithResponseStream";
export {
  ListFunctions,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from "./ListFunctions";
export { PutExternalId, PutExternalIdRequest } from "./PutExternalId";
export {
  ValidateCredentials,
  ValidateCredentialsRequest,
} from "./ValidateCredentials";
