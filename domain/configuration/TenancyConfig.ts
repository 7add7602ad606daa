import { Caption } from "../decorators";

/**
 * Tenant isolation of a function.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_TenancyConfig.html |
 * TenancyConfig in the Lambda API reference}
 */
export class TenancyConfig {
  /** Isolation mode. With `PER_TENANT`, every invocation must specify its tenant. */
  @Caption("Tenant isolation")
  readonly tenantIsolationMode?: string;
}
