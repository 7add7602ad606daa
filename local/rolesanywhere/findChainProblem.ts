import type { X509Certificate } from "node:crypto";
import type { Certificates } from "./readCertificates";
import type { TrustAnchor } from "../state/TrustAnchor";

/**
 * Checks that each certificate was issued by the next, up to a CA certificate of the trust anchor,
 * and that all are valid at this time. Returns the problem, or undefined if the chain is valid.
 */
export function findChainProblem(
  { leaf, chain }: Certificates,
  { authorities }: TrustAnchor,
  now: number,
): string | undefined {
  if (leaf.ca) return "the signing certificate is a CA certificate";
  let child = leaf;
  for (const parent of chain) {
    if (!isIssuedBy(child, parent))
      return `${nameOf(parent)} did not issue ${nameOf(child)}`;
    child = parent;
  }
  const authority = authorities.find(
    (each) =>
      each.fingerprint256 === child.fingerprint256 || isIssuedBy(child, each),
  );
  if (!authority)
    return `no certificate of the trust anchor issued ${nameOf(child)}`;
  const all = [leaf, ...chain, authority];
  const invalid = all.find((each) => !isValid(each, now));
  return invalid && `${nameOf(invalid)} has expired or is not valid yet`;
}

function isIssuedBy(child: X509Certificate, parent: X509Certificate): boolean {
  return (
    parent.ca && child.checkIssued(parent) && child.verify(parent.publicKey)
  );
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
