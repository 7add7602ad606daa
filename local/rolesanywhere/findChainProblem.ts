import type { X509Certificate } from "node:crypto";
import type { Certificates } from "./readCertificates";
import type { TrustAnchor } from "../state/TrustAnchor";

/**
 * Why certificates do not lead from the lowest of them up to an authority of the trust anchor, each issued by the next, by
 * an authority, and all of them valid. Absent: they do.
 */
export function findChainProblem(
  { leaf, chain }: Certificates,
  { authorities }: TrustAnchor,
  now: number,
): string | undefined {
  if (leaf.ca) return "the signing certificate is that of an authority";
  let below = leaf;
  for (const above of chain) {
    if (!isIssuedBy(below, above))
      return `${nameOf(above)} has not issued ${nameOf(below)}`;
    below = above;
  }
  const authority = authorities.find(
    (each) =>
      each.fingerprint256 === below.fingerprint256 || isIssuedBy(below, each),
  );
  if (!authority)
    return `no certificate of the trust anchor has issued ${nameOf(below)}`;
  const all = [leaf, ...chain, authority];
  const late = all.find((each) => !isValid(each, now));
  return late && `${nameOf(late)} has expired, or is not valid yet`;
}

function isIssuedBy(below: X509Certificate, above: X509Certificate): boolean {
  return above.ca && below.checkIssued(above) && below.verify(above.publicKey);
}

function isValid(
  { validFrom, validTo }: X509Certificate,
  now: number,
): boolean {
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

function nameOf({ subject }: X509Certificate): string {
  return subject.split("\n").join(",");
}
