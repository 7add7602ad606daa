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
 * A Lambda function, as {@link operations!ListFunctions} reports it: AWS's whole configuration of it, under AWS's
 * names. What AWS does not say is absent; a value that AWS invents tomorrow is passed on as it comes.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html |
 * FunctionConfiguration in the Lambda API reference}
 *
 * @example
 * for (const { functionName, runtime, memorySize } of await connector.listFunctions())
 *   console.log(functionName, runtime ?? "image", `${memorySize} MB`);
 */
export class FunctionResponse extends LambdaFunction {
  /** ARN of the function; ends with `:$LATEST` or `:1` where all versions were listed, else with the name. */
  @Caption("Function ARN")
  readonly functionArn?: string;

  /** What the function is for, in its owner's words; at most 256 characters. */
  @Caption("Description")
  readonly description?: string;

  /** Identifier of the runtime, for example `nodejs24.x`; the list is open. Absent for container images. */
  @Caption("Runtime")
  readonly runtime?: string;

  /** Entry point in the code, for example `index.handler`; at most 128 characters. Absent for container images. */
  @Caption("Handler")
  readonly handler?: string;

  /** ARN of the role under which the function runs. */
  @Caption("Execution role")
  readonly role?: string;

  /** Version of the function: `$LATEST`, a number, or `$LATEST.PUBLISHED` on Managed Instances. */
  @Caption("Version")
  readonly version?: string;

  /** Memory at run time, in MB; 128 to 10,240, on Managed Instances up to 32,768. */
  @Caption("Memory")
  readonly memorySize?: number;

  /** Longest run time, in seconds; 1 to 900, on Managed Instances up to 5,400. */
  @Caption("Time-out")
  readonly timeout?: number;

  /** Size of the deployment package, in bytes. */
  @Caption("Code size")
  readonly codeSize?: number;

  /** SHA-256 of the deployment package, base64. */
  @Caption("Code hash")
  readonly codeSha256?: string;

  /** When code or configuration last changed. Absent also where AWS's text is no date. */
  @Caption("Last modified")
  @Type(() => Date)
  readonly lastModified?: Date;

  /** How the code is packed: `Zip`, or `Image` for a container image. */
  @Caption("Package type")
  readonly packageType?: string;

  /** Instruction set: `x86_64` or `arm64`; a list of one. */
  @Caption("Architectures")
  readonly architectures?: readonly string[];

  /**
   * State of the function: `Pending`, `Active`, `Inactive`, `Failed`, `Deactivating`, `Deactivated`,
   * `ActiveNonInvocable` or `Deleting`. Absent in lists: AWS leaves it out there.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html | Lambda function states}
   */
  @Caption("State")
  readonly state?: string;

  /** Why the state is what it is. Absent in lists. */
  @Caption("State reason")
  readonly stateReason?: string;

  /** Code of why the state is what it is, for example `Idle`; the list is open. Absent in lists. */
  @Caption("State reason code")
  readonly stateReasonCode?: string;

  /** How the last update went: `Successful`, `Failed` or `InProgress`. Absent in lists. */
  @Caption("Last update")
  readonly lastUpdateStatus?: string;

  /** Why the last update ended so. Absent in lists. */
  @Caption("Last update reason")
  readonly lastUpdateStatusReason?: string;

  /** Code of why the last update ended so, for example `InvalidSubnet`; the list is open. Absent in lists. */
  @Caption("Last update reason code")
  readonly lastUpdateStatusReasonCode?: string;

  /** Id of this revision, a UUID; changes with every change of code or configuration. */
  @Caption("Revision")
  readonly revisionId?: string;

  /** Environment variables. Absent: there are none. */
  @Caption("Environment")
  @Type(() => Environment)
  readonly environment?: Environment;

  /** Size of the function's `/tmp`. */
  @Caption("Ephemeral storage")
  @Type(() => EphemeralStorage)
  readonly ephemeralStorage?: EphemeralStorage;

  /** The network that the function is attached to. Absent: none. */
  @Caption("VPC")
  @Type(() => VpcConfig)
  readonly vpcConfig?: VpcConfig;

  /** Where unhandled asynchronous events go. Absent: nowhere. */
  @Caption("Dead-letter queue")
  @Type(() => DeadLetterConfig)
  readonly deadLetterConfig?: DeadLetterConfig;

  /** How the function takes part in X-Ray tracing. */
  @Caption("Tracing")
  @Type(() => TracingConfig)
  readonly tracingConfig?: TracingConfig;

  /** How and where the function logs. */
  @Caption("Logging")
  @Type(() => LoggingConfig)
  readonly loggingConfig?: LoggingConfig;

  /** The layers that the function is built on; at most 5. Absent: none. */
  @Caption("Layers")
  @Type(() => Layer)
  readonly layers?: readonly Layer[];

  /** The file systems that the function sees; at most 1. Absent: none. */
  @Caption("File systems")
  @Type(() => FileSystemConfig)
  readonly fileSystemConfigs?: readonly FileSystemConfig[];

  /** What replaces a container image's own settings. Absent: nothing does. */
  @Caption("Image settings")
  @Type(() => ImageConfigResponse)
  readonly imageConfigResponse?: ImageConfigResponse;

  /** Whether the function starts from a snapshot. */
  @Caption("SnapStart")
  @Type(() => SnapStart)
  readonly snapStart?: SnapStart;

  /** The exact version of the function's runtime. Absent in lists. */
  @Caption("Runtime version")
  @Type(() => RuntimeVersionConfig)
  readonly runtimeVersionConfig?: RuntimeVersionConfig;

  /** ARN of the KMS key that encrypts the environment variables. Absent: AWS's own key. */
  @Caption("KMS key")
  readonly kmsKeyArn?: string;

  /** ARN of the function of which this one is a Lambda@Edge replica. Absent: it is none. */
  @Caption("Master ARN")
  readonly masterArn?: string;

  /** ARN of the signing profile's version. Absent: the code is not signed. */
  @Caption("Signing profile version")
  readonly signingProfileVersionArn?: string;

  /** ARN of the signing job. Absent: the code is not signed. */
  @Caption("Signing job")
  readonly signingJobArn?: string;

  /** Whether tenants are kept apart. Absent: they are not. */
  @Caption("Tenancy")
  @Type(() => TenancyConfig)
  readonly tenancyConfig?: TenancyConfig;

  /** Where the function runs. Absent: on Lambda's own fleet. */
  @Caption("Capacity provider")
  @Type(() => CapacityProviderConfig)
  readonly capacityProviderConfig?: CapacityProviderConfig;

  /** Bounds of the function's durable executions. Absent: it is not durable. */
  @Caption("Durable execution")
  @Type(() => DurableConfig)
  readonly durableConfig?: DurableConfig;

  /** SHA-256 of the function's configuration. */
  @Caption("Configuration hash")
  readonly configSha256?: string;
}
