import type { CertificateIdentity } from "./CertificateIdentity";
import { InvalidCertificateError } from "./InvalidCertificateError";
import { toSubject } from "./orderChain";

/**
 * Checks the validity period of a certificate and its intermediates.
 *
 * @throws {@link InvalidCertificateError} if one has expired or is not valid yet.
 */
export function checkValidity(
  { certificate, chain }: CertificateIdentity,
  now: number,
): void {
  for (const each of [certificate, ...chain]) {
    const path = each === certificate ? "certificate" : "certificateChain";
    const [from, to] = [Date.parse(each.validFrom), Date.parse(each.validTo)];
    if (now < from)
      throw new InvalidCertificateError(
        path,
        "time",
        `${path} is not valid before ${toTimestamp(from)} (${toSubject(each)}); check this machine's clock`,
      );
    if (now > to)
      throw new InvalidCertificateError(
        path,
        "time",
        `${path} expired at ${toTimestamp(to)} (${toSubject(each)}); renew it`,
      );
  }
}

function toTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace(".000", "");
}
