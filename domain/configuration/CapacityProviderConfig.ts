import { Caption, Type } from "../decorators";
import { LambdaManagedInstancesCapacityProviderConfig } from "./LambdaManagedInstancesCapacityProviderConfig";

/**
 * Where a function runs that is not run by Lambda's own fleet.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_CapacityProviderConfig.html |
 * CapacityProviderConfig in the Lambda API reference}
 */
export class CapacityProviderConfig {
  /** The capacity provider, for functions on Managed Instances. */
  @Caption("Managed Instances")
  @Type(() => LambdaManagedInstancesCapacityProviderConfig)
  readonly lambdaManagedInstancesCapacityProviderConfig?: LambdaManagedInstancesCapacityProviderConfig;
}
