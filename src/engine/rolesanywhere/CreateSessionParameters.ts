import type { CertificateFields } from "./CertificateFields";

/** Parameters of a CreateSession request to IAM Roles Anywhere, with the certificate that signs it. */
export interface CreateSessionParameters extends CertificateFields {
  readonly trustAnchorArn: string;
  readonly profileArn: string;
  readonly roleArn: string;
  readonly durationSeconds?: number | undefined;
  readonly roleSessionName?: string | undefined;
}
