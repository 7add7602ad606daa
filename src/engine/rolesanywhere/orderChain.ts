import type { X509Certificate } from "node:crypto";
import { InvalidCertificateError } from "./InvalidCertificateError";

/**
 * The intermediates above a certificate, each issued by the next, in whichever order they were given. A root is none, and
 * left out: whoever checks has his own.
 *
 * @throws {@link Unfit} where one of them has issued nothing below.
 */
export function orderChain(
  leaf: X509Certificate,
  given: readonly X509Certificate[],
): readonly X509Certificate[] {
  const left = new Map(given.map((each) => [each.fingerprint256, each]));
  left.delete(leaf.fingerprint256);
  const chain: X509Certificate[] = [];
  let below = leaf;
  while (left.size > 0) {
    const above = [...left.values()].find((each) => isIssuedBy(below, each));
    if (!above) throw astray(below, [...left.values()]);
    left.delete(above.fingerprint256);
    if (!isIssuedBy(above, above)) chain.push(above);
    below = above;
  }
  return chain;
}

function isIssuedBy(below: X509Certificate, above: X509Certificate): boolean {
  return below.checkIssued(above) && below.verify(above.publicKey);
}

function astray(
  below: X509Certificate,
  left: readonly X509Certificate[],
): InvalidCertificateError {
  const [first] = left;
  return new InvalidCertificateError(
    "certificateChain",
    "chain",
    `certificateChain does not lead from the certificate: ${first ? nameOf(first) : "none"} has not issued ${nameOf(below)}; give the intermediates between the certificate and the trust anchor, and nothing else`,
  );
}

/** Whose a certificate is, on one line. */
export function nameOf({ subject }: X509Certificate): string {
  return subject
    ? subject.split("\n").join(", ")
    : "a certificate without name";
}
