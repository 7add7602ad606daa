import type { X509Certificate } from "node:crypto";
import { InvalidCertificateError } from "./InvalidCertificateError";

/** Certificates that the search for a path visits. Cross-signed certificates have several paths, but few. */
const MAX_VISITS = 5_000;

/**
 * Orders intermediate certificates so that each issued the one before, starting with the issuer of `leaf`. Omits root
 * certificates: the verifier has its own. If cross-signed certificates give several paths, returns the longest, so that it
 * reaches the trust anchor whichever it is; of equally long ones, the one that leads to a given root certificate.
 *
 * @throws {@link InvalidCertificateError} if a certificate is not part of any path.
 */
export function orderChain(
  leaf: X509Certificate,
  certificates: readonly X509Certificate[],
): readonly X509Certificate[] {
  const search = new PathSearch(leaf, certificates);
  const stranger = search.findUnreachable();
  if (stranger) throw brokenChain(leaf, stranger);
  return search.longestPath();
}

/** The certificates as a graph, from each to its issuers. */
class PathSearch {
  readonly #leaf: X509Certificate;
  readonly #others: readonly X509Certificate[];
  readonly #issuers = new Map<X509Certificate, readonly X509Certificate[]>();
  #visits = 0;
  #best: { readonly path: readonly X509Certificate[]; readonly rank: number } =
    { path: [], rank: -1 };

  constructor(leaf: X509Certificate, certificates: readonly X509Certificate[]) {
    this.#leaf = leaf;
    const distinct = new Map(
      certificates.map((each) => [each.fingerprint256, each]),
    );
    distinct.delete(leaf.fingerprint256);
    this.#others = [...distinct.values()];
  }

  /** Returns a certificate that no path from the leaf leads to. */
  findUnreachable(): X509Certificate | undefined {
    const reached = new Set([this.#leaf]);
    // A set also iterates over what is added meanwhile.
    for (const each of reached)
      for (const issuer of this.#issuersOf(each)) reached.add(issuer);
    return this.#others.find((each) => !reached.has(each));
  }

  longestPath(): readonly X509Certificate[] {
    this.#visit(this.#leaf, []);
    return this.#best.path;
  }

  #visit(current: X509Certificate, path: readonly X509Certificate[]): void {
    if (++this.#visits > MAX_VISITS) return;
    const issuers = this.#issuersOf(current);
    const hasRoot = issuers.some(isRoot);
    const rank = 2 * path.length + (hasRoot ? 1 : 0);
    if (rank > this.#best.rank) this.#best = { path, rank };
    for (const issuer of issuers)
      if (!isRoot(issuer) && !path.includes(issuer))
        this.#visit(issuer, [...path, issuer]);
  }

  #issuersOf(certificate: X509Certificate): readonly X509Certificate[] {
    const known = this.#issuers.get(certificate);
    if (known) return known;
    const issuers = this.#others.filter(
      (each) => each !== certificate && isIssuedBy(certificate, each),
    );
    this.#issuers.set(certificate, issuers);
    return issuers;
  }
}

function isRoot(certificate: X509Certificate): boolean {
  return (
    certificate.subject === certificate.issuer &&
    isIssuedBy(certificate, certificate)
  );
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
  stranger: X509Certificate,
): InvalidCertificateError {
  return new InvalidCertificateError(
    "certificateChain",
    "chain",
    `certificateChain must lead from the issuer of certificate to the trust anchor, but ${toSubject(stranger)} issued neither ${toSubject(certificate)} nor another certificate of its chain; pass only the intermediate certificates between the certificate and the trust anchor`,
  );
}

/** Returns the subject of a certificate on one line. */
export function toSubject({ subject }: X509Certificate): string {
  return subject
    ? subject.split("\n").join(", ")
    : "a certificate without a subject";
}
