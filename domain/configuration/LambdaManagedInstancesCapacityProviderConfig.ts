import { Caption } from "../decorators";

/**
 * The capacity provider that a function on Managed Instances runs on.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_LambdaManagedInstancesCapacityProviderConfig.html |
 * LambdaManagedInstancesCapacityProviderConfig in the Lambda API reference}
 */
export class LambdaManagedInstancesCapacityProviderConfig {
  /** ARN of the capacity provider. */
  @Caption("Capacity provider ARN")
  readonly capacityProviderArn?: string;

  /** Requests that one environment handles at a time; 1 to 1600. */
  @Caption("Requests at a time")
  readonly perExecutionEnvironmentMaxConcurrency?: number;

  /** Memory for each virtual CPU, in GiB; 2 to 8. */
  @Caption("Memory per vCPU")
  readonly executionEnvironmentMemoryGiBPerVCpu?: number;
}
