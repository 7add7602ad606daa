import { Caption, Type } from "../decorators";
import { LambdaManagedInstancesCapacityProviderConfig } from "./LambdaManagedInstancesCapacityProviderConfig";

/**
 * Capacity provider of a function that does not run on Lambda's default compute.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_CapacityProviderConfig.html |
 * CapacityProviderConfig in the Lambda API reference}
 */
export class CapacityProviderConfig {
  /** Capacity provider of a function on Managed Instances. */
  @Caption("Managed Instances")
  @Type(() => LambdaManagedInstancesCapacityProviderConfig)
  readonly lambdaManagedInstancesCapacityProviderConfig?: LambdaManagedInstancesCapacityProviderConfig;
}
