import { Caption, Type } from "../decorators";
import { LambdaManagedInstancesCapacityProviderConfig } from "./LambdaManagedInstancesCapacityProviderConfig";

/** Where a function runs that is not run by Lambda's own fleet. */
export class CapacityProviderConfig {
  /** The capacity provider, for functions on Managed Instances. */
  @Caption("Managed Instances")
  @Type(() => LambdaManagedInstancesCapacityProviderConfig)
  readonly lambdaManagedInstancesCapacityProviderConfig?: LambdaManagedInstancesCapacityProviderConfig;
}
