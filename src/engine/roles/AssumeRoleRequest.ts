import type { RoleFields } from "../settings/roleFields";

/** Fields of an operation's request that describe a role session. They are documented in the operation. */
export interface AssumeRoleRequest extends RoleFields {
  readonly functionName: string;
  readonly qualifier?: string;
}
