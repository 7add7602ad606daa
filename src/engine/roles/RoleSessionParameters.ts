import type { AssumeRoleParameters } from "./AssumeRoleParameters";

/** Parameters of a role session that can be cached. */
export interface RoleSessionParameters extends AssumeRoleParameters {
  /** Cache key of the session. Equal for the same caller and equal parameters, of which it contains only a hash. */
  readonly cacheKey: string;
}
