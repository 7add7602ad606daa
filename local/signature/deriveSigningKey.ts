import { createHmac } from "node:crypto";

/** Day, region and service that a signing key is good for. */
export interface CredentialScope {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** The key of one day, region and service, derived from a secret access key. */
export function deriveSigningKey(
  secretAccessKey: string,
  scope: CredentialScope,
): Buffer {
  return [scope.region, scope.service, "aws4_request"].reduce(
    (key, part) => createHmac("sha256", key).update(part).digest(),
    createHmac("sha256", `AWS4${secretAccessKey}`).update(scope.date).digest(),
  );
}
