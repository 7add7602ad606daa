import { Caption, Type } from "./decorators";
import { Environment } from "./configuration/Environment";
import { EphemeralStorage } from "./configuration/EphemeralStorage";
import { VpcConfig } from "./configuration/VpcConfig";
import { DeadLetterConfig } from "./configuration/DeadLetterConfig";
import { TracingConfig } from "./configuration/TracingConfig";
import { LoggingConfig } from "./configuration/LoggingConfig";
import { Layer } from "./configuration/Layer";
import { FileSystemConfig } from "./configuration/FileSystemConfig";
import { ImageConfigResponse } from "./configuration/ImageConfigResponse";
import { SnapStart } from "./configuration/SnapStart";
import { RuntimeVersionConfig } from "./configuration/RuntimeVersionConfig";
import { TenancyConfig } from "./configuration/TenancyConfig";
import { CapacityProviderConfig } from "./configuration/CapacityProviderConfig";
import { DurableConfig } from "./configuration/DurableConfig";
import { Function as LambdaFunction } from "./Function";

/**
 * Configuration of a Lambda function, as {@link operations!ListFunctions} returns it.
 *
 * Contains every field of AWS's response under AWS's names in camelCase. A field that AWS does not send is missing. Values
 * are not validated, so values that AWS adds later are returned unchanged.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html |
 * FunctionConfiguration in the Lambda API reference}
 *
 * @example
 * for (const {
 *   functionName,
 *   runtime,
 *   memorySize,
 * } of await connector.listFunctions())
 *   console.log(functionName, runtime ?? "image", `${memorySize} MB`);
 */
export class FunctionResponse extends LambdaFunction {
  /** ARN of the function. Ends with the version, such as `:$LATEST` or `:1`, if all versions were listed. */
  @Caption("Function ARN")
  readonly functionArn?: string;

  /** Description written by the function's owner, at most 256 characters. */
  @Caption("Description")
  readonly description?: string;

  /** Identifier of the runtime, for example `nodejs24.x`. AWS can add values. Missing for container images. */
  @Caption("Runtime")
  readonly runtime?: string;

  /** Entry point in the code, for example `index.handler`, at most 128 characters. Missing for container images. */
  @Caption("Handler")
  readonly handler?: string;

  /** ARN of the function's execution role. */
  @Caption("Execution role")
  readonly role?: string;

  /** Version of the function: `$LATEST`, a number, or `$LATEST.PUBLISHED` on Managed Instances. */
  @Caption("Version")
  readonly version?: string;

  /** Memory of the function, in MB; 128 to 10,240, or up to 32,768 on Managed Instances. */
  @Caption("Memory")
  readonly memorySize?: number;

  /** Timeout of one invocation, in seconds; 1 to 900, or up to 5,400 on Managed Instances. */
  @Caption("Timeout")
  readonly timeout?: number;

  /** Size of the deployment package, in bytes. */
  @Caption("Code size")
  readonly codeSize?: number;

  /** SHA-256 hash of the deployment package, encoded as base64. */
  @Caption("Code hash")
  readonly codeSha256?: string;

  /** Time of the last change of code or configuration. Missing if AWS sends no valid date. */
  @Caption("Last modified")
  @Type(() => Date)
  readonly lastModified?: Date;

  /** Type of the deployment package: `Zip`, or `Image` for a container image. */
  @Caption("Package type")
  readonly packageType?: string;

  /** Instruction set architectures: an array with one element, `x86_64` or `arm64`. */
  @Caption("Architectures")
  readonly architectures?: readonly string[];

  /**
   * State of the function. One of `Pending`, `Active`, `Inactive`, `Failed`, `Deactivating`, `Deactivated`,
   * `ActiveNonInvocable` and `Deleting`. AWS does not send it in lists.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html | Lambda function states}
   */
  @Caption("State")
  readonly state?: string;

  /** Reason for the state. AWS does not send it in lists. */
  @Caption("State reason")
  readonly stateReason?: string;

  /** Code of the reason for the state, for example `Idle`. AWS can add values, and does not send it in lists. */
  @Caption("State reason code")
  readonly stateReasonCode?: string;

  /** Status of the last update: `Successful`, `Failed` or `InProgress`. AWS does not send it in lists. */
  @Caption("Last update")
  readonly lastUpdateStatus?: string;

  /** Reason for the status of the last update. AWS does not send it in lists. */
  @Caption("Last update reason")
  readonly lastUpdateStatusReason?: string;

  /** Code of that reason, for example `InvalidSubnet`. AWS can add values, and does not send it in lists. */
  @Caption("Last update reason code")
  readonly lastUpdateStatusReasonCode?: string;

  /** Id of the current revision, a UUID. Every change of code or configuration changes it. */
  @Caption("Revision")
  readonly revisionId?: string;

  /** Environment variables. Missing if there are none. */
  @Caption("Environment")
  @Type(() => Environment)
  readonly environment?: Environment;

  /** Size of the function's `/tmp` directory. */
  @Caption("Ephemeral storage")
  @Type(() => EphemeralStorage)
  readonly ephemeralStorage?: EphemeralStorage;

  /** VPC that the function is attached to. Missing if there is none. */
  @Caption("VPC")
  @Type(() => VpcConfig)
  readonly vpcConfig?: VpcConfig;

  /** Destination of asynchronous events that fail. Missing if there is none. */
  @Caption("Dead-letter queue")
  @Type(() => DeadLetterConfig)
  readonly deadLetterConfig?: DeadLetterConfig;

  /** X-Ray tracing settings. */
  @Caption("Tracing")
  @Type(() => TracingConfig)
  readonly tracingConfig?: TracingConfig;

  /** Logging settings. */
  @Caption("Logging")
  @Type(() => LoggingConfig)
  readonly loggingConfig?: LoggingConfig;

  /** Layers of the function, at most 5. Missing if there are none. */
  @Caption("Layers")
  @Type(() => Layer)
  readonly layers?: readonly Layer[];

  /** File systems mounted by the function, at most 1. Missing if there are none. */
  @Caption("File systems")
  @Type(() => FileSystemConfig)
  readonly fileSystemConfigs?: readonly FileSystemConfig[];

  /** Settings that override those of the container image. Missing if there are none. */
  @Caption("Image settings")
  @Type(() => ImageConfigResponse)
  readonly imageConfigResponse?: ImageConfigResponse;

  /** SnapStart settings: whether the function starts from a snapshot. */
  @Caption("SnapStart")
  @Type(() => SnapStart)
  readonly snapStart?: SnapStart;

  /** Exact version of the function's runtime. AWS does not send it in lists. */
  @Caption("Runtime version")
  @Type(() => RuntimeVersionConfig)
  readonly runtimeVersionConfig?: RuntimeVersionConfig;

  /** ARN of the KMS key that encrypts the environment variables. Missing if AWS's own key is used. */
  @Caption("KMS key")
  readonly kmsKeyArn?: string;

  /** ARN of the original function, if this one is a Lambda@Edge replica. Missing otherwise. */
  @Caption("Master ARN")
  readonly masterArn?: string;

  /** ARN of the signing profile version. Missing if the code is not signed. */
  @Caption("Signing profile version")
  readonly signingProfileVersionArn?: string;

  /** ARN of the signing job. Missing if the code is not signed. */
  @Caption("Signing job")
  readonly signingJobArn?: string;

  /** Tenant isolation settings. Missing if tenants are not isolated. */
  @Caption("Tenancy")
  @Type(() => TenancyConfig)
  readonly tenancyConfig?: TenancyConfig;

  /** Capacity provider that the function runs on. Missing if it runs on Lambda's default compute. */
  @Caption("Capacity provider")
  @Type(() => CapacityProviderConfig)
  readonly capacityProviderConfig?: CapacityProviderConfig;

  /** Settings of durable executions. Missing if the function is not durable. */
  @Caption("Durable execution")
  @Type(() => DurableConfig)
  readonly durableConfig?: DurableConfig;

  /** SHA-256 hash of the function's configuration. */
  @Caption("Configuration hash")
  readonly configSha256?: string;
}
