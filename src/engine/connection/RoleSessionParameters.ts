import type { AssumeRoleParameters } from "./AssumeRoleParameters";
import type { RoleSessionKey } from "./RoleSessionKey";

/** Parameters of a role session that can be cached. */
export interface RoleSessionParameters extends AssumeRoleParameters {
  readonly cacheKey: RoleSessionKey;
}
