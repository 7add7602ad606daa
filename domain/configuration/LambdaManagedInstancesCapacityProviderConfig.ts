import { Caption } from "../decorators";

/**
 * Capacity provider of a function on Managed Instances.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_LambdaManagedInstancesCapacityProviderConfig.html |
 * LambdaManagedInstancesCapacityProviderConfig in the Lambda API reference}
 */
export class LambdaManagedInstancesCapacityProviderConfig {
  /** ARN of the capacity provider. */
  @Caption("Capacity provider ARN")
  readonly capacityProviderArn?: string;

  /** Maximum number of concurrent requests per execution environment; 1 to 1,600. */
  @Caption("Concurrency per environment")
  readonly perExecutionEnvironmentMaxConcurrency?: number;

  /** Memory per vCPU, in GiB; 2 to 8. */
  @Caption("Memory per vCPU")
  readonly executionEnvironmentMemoryGiBPerVCpu?: number;
}
