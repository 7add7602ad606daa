/** A Roles Anywhere profile: the roles that can be assumed with a certificate. */
export interface Profile {
  readonly name: string;
  readonly arn: string;
  readonly roleArns: readonly string[];

  /** Maximum duration of a session in seconds. */
  readonly durationSeconds: number;

  /** Whether requests may set the session name. */
  readonly acceptsRoleSessionName: boolean;
}
