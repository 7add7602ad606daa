import type { AssumeRoleParameters } from "../settings/AssumeRoleParameters";
import type { RoleSessionKey } from "./RoleSessionKey";

/** Parameters of a role session that can be cached, and whose credentials are used for it. */
export interface RoleSessionParameters extends AssumeRoleParameters {
  readonly cacheKey: RoleSessionKey;
  /** The session that assumes the role. Missing: the connection's own credentials do. */
  readonly assumedBy?: RoleSessionParameters;
  /** The session that reads the external ID. Missing: the connection's own credentials do. */
  readonly externalIdReader?: RoleSessionParameters;
  /** Path of the role in the connection, for example `role[1]`. Missing: the request contains the role. */
  readonly path?: string;
}

/** Where a role is configured, for messages that name its fields. */
export interface RoleOrigin {
  /** Path of the role in the connection. Missing: the request contains the role. */
  readonly path?: string | undefined;
  /** The role whose session assumes it. Missing: the connection's own credentials do. */
  readonly assumedBy?: object | undefined;
}

/** Names a field of a role: the connection, the request, or both can contain one. */
export function nameRoleField(
  field: string,
  { path, assumedBy }: RoleOrigin,
): string {
  if (path !== undefined) return `${path}.${field} of the connection`;
  return assumedBy ? `${field} of the request` : field;
}

/** Returns the cache key of a session for a caller: of all roles before it, and the role itself. */
export function sessionKeyFor(
  { cacheKey, assumedBy }: RoleSessionParameters,
  caller: string,
): string {
  return cacheKey.for(assumedBy ? sessionKeyFor(assumedBy, caller) : caller);
}
