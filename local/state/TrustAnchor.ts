import type { X509Certificate } from "node:crypto";

/** A Roles Anywhere trust anchor: a certificate authority whose certificates are accepted. */
export interface TrustAnchor {
  readonly name: string;
  readonly arn: string;

  /** CA certificates; one of them must be at the top of the chain. */
  readonly authorities: readonly X509Certificate[];
}
