/**
 * The domain model: entities and enumerations that the operations accept and return.
 *
 * It can be imported alone, as `aws-lambda-connector/domain`, without loading the AWS SDK. Every entity is a class; requests
 * can also be plain objects with the same fields. Every enumeration is an object of strings, and the strings themselves are
 * accepted too: `AWS_Region.eu_central_1` is `"eu-central-1"`. {@link captionOf} returns the caption that a tool shows.
 *
 * @module domain
 */
export { AssumeRoleCheck, AssumeRoleReport } from "./AssumeRoleReport";
export { AWS_Region } from "./AWS_Region";
export { CheckVerdict } from "./CheckVerdict";
export { Credentials, type CredentialsLike } from "./Credentials";
export { captionOf, type Enumeration } from "./enumerations";
export { Function } from "./Function";
export { FunctionResponse } from "./FunctionResponse";
export { InvocationRequest } from "./InvocationRequest";
export { InvocationReport } from "./InvocationReport";
export { InvocationType } from "./InvocationType";
export {
  InvokeFunctionResponse,
  type InvokeFunctionResponseInit,
} from "./InvokeFunctionResponse";
export {
  InvokeWithResponseStreamResponse,
  type InvokeWithResponseStreamResponseInit,
  type StreamCompletion,
} from "./InvokeWithResponseStreamResponse";
export { LogType } from "./LogType";
export {
  PutExternalIdResponse,
  type PutExternalIdResponseInit,
} from "./PutExternalIdResponse";
export { Tag } from "./Tag";
export { CapacityProviderConfig } from "./configuration/CapacityProviderConfig";
export { ConfigurationError } from "./configuration/ConfigurationError";
export { DeadLetterConfig } from "./configuration/DeadLetterConfig";
export { DurableConfig } from "./configuration/DurableConfig";
export { Environment } from "./configuration/Environment";
export { EphemeralStorage } from "./configuration/EphemeralStorage";
export { FileSystemConfig } from "./configuration/FileSystemConfig";
export { ImageConfig } from "./configuration/ImageConfig";
export { ImageConfigResponse } from "./configuration/ImageConfigResponse";
export { LambdaManagedInstancesCapacityProviderConfig } from "./configuration/LambdaManagedInstancesCapacityProviderConfig";
export { Layer } from "./configuration/Layer";
export { LoggingConfig } from "./configuration/LoggingConfig";
export { RuntimeVersionConfig } from "./configuration/RuntimeVersionConfig";
export { S3FilesConfig } from "./configuration/S3FilesConfig";
export { SnapStart } from "./configuration/SnapStart";
export { TenancyConfig } from "./configuration/TenancyConfig";
export { TracingConfig } from "./configuration/TracingConfig";
export { VpcConfig } from "./configuration/VpcConfig";
