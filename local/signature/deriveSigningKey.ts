import { createHmac } from "node:crypto";

/** Date, region and service of a signing key. */
export interface CredentialScope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** Derives the signing key for a date, region and service from a secret access key. */
export function deriveSigningKey(
  secretAccessKey: string,
  scope: CredentialScope,
): Buffer {
  return [scope.region, scope.service, "aws4_request"].reduce(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    createHmac("sha256", `AWS4${secretAccessKey}`).update(scope.date).digest(),
  );
}
