// This file is the menu: the connector, the reference and the tools read it.
/**
 * The activities: one class each, with its request beside it. Make one over a connection and `execute` it with one
 * request; or call the method of the same name of a {@link "aws-lambda-connector"!Connector | Connector}, which is the same and
 * shorter. Each page says what is answered, which errors are thrown, and which IAM actions it needs.
 *
 * @example
 * import { DeleteFunction } from "aws-lambda-connector";
 *
 * const gone = await new DeleteFunction({ region: "eu-central-1" }).execute({ functionName: "obsolete" });
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
  type ManyOptions,
  type ManyProgress,
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
