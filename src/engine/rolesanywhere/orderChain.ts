import type { X509Certificate } from "node:crypto";
import { InvalidCertificateError } from "./InvalidCertificateError";

/**
 * Orders intermediate certificates so that each issued the one before, starting with the issuer of `leaf`. Omits root
 * certificates: the verifier has its own.
 *
 * @throws {@link InvalidCertificateError} if a certificate is not part of the chain.
 */
export function orderChain(
  leaf: X509Certificate,
  certificates: readonly X509Certificate[],
): readonly X509Certificate[] {
  const remaining = new Map(
    certificates.map((each) => [each.fingerprint256, each]),
  );
  remaining.delete(leaf.fingerprint256);
  const chain: X509Certificate[] = [];
  let current = leaf;
  while (remaining.size > 0) {
    const issuer = [...remaining.values()].find((each) =>
      isIssuedBy(current, each),
    );
    if (!issuer) throw brokenChain(current, [...remaining.values()]);
    remaining.delete(issuer.fingerprint256);
    if (!isIssuedBy(issuer, issuer)) chain.push(issuer);
    current = issuer;
  }
  return chain;
}

function isIssuedBy(
  certificate: X509Certificate,
  issuer: X509Certificate,
): boolean {
  return (
    certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  );
}

function brokenChain(
  certificate: X509Certificate,
  remaining: readonly X509Certificate[],
): InvalidCertificateError {
  const [first] = remaining;
  return new InvalidCertificateError(
    "certificateChain",
    "chain",
    `certificateChain must start with the issuer of certificate, but ${first ? toSubject(first) : "none"} did not issue ${toSubject(certificate)}; pass only the intermediate certificates between the certificate and the trust anchor`,
  );
}

/** Returns the subject of a certificate on one line. */
export function toSubject({ subject }: X509Certificate): string {
  return subject
    ? subject.split("\n").join(", ")
    : "a certificate without a subject";
}
