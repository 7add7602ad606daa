import type { X509Certificate } from "node:crypto";

/** An authority whose certificates are believed. */
export interface TrustAnchor {
  readonly name: string;
  readonly arn: string;

  /** Its own certificates; one of them must be at the upper end of a chain. */
  readonly authorities: readonly X509Certificate[];
}
