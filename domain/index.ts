/**
 * The domain model: what the operations take and answer, as entities and enumerations, shaped as low-code tools show
 * them. It can be imported alone, as `aws-lambda-connector/domain`, and brings neither the AWS SDK nor a socket along.
 *
 * An entity is a class, and a plain object of the same fields does as well. Enumerations are objects of texts, and the
 * text itself does as well: `AWS_Region.eu_central_1` is `"eu-central-1"`; {@link captionOf} gives the name that a tool shows.
 *
 * @module domain
 */
export { AssumeRoleCheck, AssumeRoleReport } from "./AssumeRoleReport";
export { AWS_Region } from "./AWS_Region";
export { CheckVerdict } from "./CheckVerdict";
export { Credentials, type CredentialKeys } from "./Credentials";
export { captionOf, type Enumeration } from "./enumerations";
export { Function } from "./Function";
export { FunctionResponse } from "./FunctionResponse";
export { Invocation } from "./Invocation";
export { InvocationReport } from "./InvocationReport";
export { InvocationType } from "./InvocationType";
export {
  InvokeFunctionResponse,
  type InvocationFacts,
} from "./InvokeFunctionResponse";
export {
  InvokeWithResponseStreamResponse,
  type StreamFacts,
  type StreamEnd,
} from "./InvokeWithResponseStreamResponse";
export { LogType } from "./LogType";
export {
  PutExternalIdResponse,
  type ExternalIdFacts,
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
