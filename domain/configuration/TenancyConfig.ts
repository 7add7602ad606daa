import { Caption } from "../decorators";

/**
 * Whether tenants are kept apart.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_TenancyConfig.html |
 * TenancyConfig in the Lambda API reference}
 */
export class TenancyConfig {
  /** How tenants are kept apart. `PER_TENANT`: every invocation must name its tenant. */
  @Caption("Tenant isolation")
  readonly tenantIsolationMode?: string;
}
