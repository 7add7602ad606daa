/** Which roles certificates may lead to, and for how long. */
export interface Profile {
  readonly name: string;
  readonly arn: string;
  readonly roleArns: readonly string[];

  /** Longest session in seconds. */
  readonly durationSeconds: number;

  /** Whether who asks may name the session. */
  readonly acceptsRoleSessionName: boolean;
}
