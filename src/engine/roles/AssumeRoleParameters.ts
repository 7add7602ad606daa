/** The parameters of one role session. Sessions with equal parameters are the same. */
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
