import { Caption } from "../decorators";

/** Whether tenants are kept apart. */
export class TenancyConfig {
  /** `PER_TENANT`: every invocation must name its tenant. */
  @Caption("Tenant isolation")
  readonly tenantIsolationMode?: string;
}
