import type { RoleSessionParameters } from "./RoleSessionParameters";

/**
 * The latest request for a role session for one function, without policy and tags, and its parameters. Most calls repeat it,
 * and comparing its fields costs less than making a key of them.
 */
export interface RecentRoleRequest {
  readonly roleArn: string;
  readonly qualifier: string | undefined;
  readonly externalIdKey: string | undefined;
  readonly externalId: string | undefined;
  readonly roleSessionName: string | undefined;
  readonly durationSeconds: number | undefined;
  readonly sourceIdentity: string | undefined;
  /** Region of the Lambda endpoint. */
  readonly region: string;
  readonly parameters: RoleSessionParameters;
}
