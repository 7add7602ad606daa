import type { AssumeRoleParameters } from "../connection/AssumeRoleParameters";

/** Fields of an operation's request that describe a role session. They are documented in the operation. */
export interface AssumeRoleRequest extends Omit<
  AssumeRoleParameters,
  "policy" | "roleSessionName"
> {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly roleSessionName?: string;
  readonly sessionPolicy?: unknown;
}
