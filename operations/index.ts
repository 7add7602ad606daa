/**
 * The activities: one class each. This file is the menu; the connector, the reference and the tools read it.
 *
 * @module operations
 */
export { AssumeRoleInvoke, AssumeRoleInvokeRequest } from "./AssumeRoleInvoke";
export { DeleteFunction, DeleteFunctionRequest } from "./DeleteFunction";
export {
  GetDefaultCredentials,
  GetDefaultCredentialsRequest,
} from "./GetDefaultCredentials";
export {
  GetStaticCredentials,
  GetStaticCredentialsRequest,
} from "./GetStaticCredentials";
export { InvokeFunction, InvokeFunctionRequest } from "./InvokeFunction";
export {
  InvokeWithResponseStream,
  InvokeWithResponseStreamRequest,
} from "./InvokeWithResponseStream";
export {
  ListFunctions,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from "./ListFunctions";
export {
  ValidateCredentials,
  ValidateCredentialsRequest,
} from "./ValidateCredentials";
