/** Parameters of an AssumeRole request to STS. */
export interface AssumeRoleParameters {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly externalIdKey?: string;
  readonly roleSessionName: string;
  readonly durationSeconds?: number;
  readonly policy?: string;
  readonly sourceIdentity?: string;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}
