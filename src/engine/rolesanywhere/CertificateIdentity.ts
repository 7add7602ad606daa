import type { KeyObject, X509Certificate } from "node:crypto";

/** A certificate with its private key, which identifies the caller. */
export interface CertificateIdentity {
  readonly certificate: X509Certificate;
  /** Intermediate certificates, each of which issued the one before. */
  readonly chain: readonly X509Certificate[];
  readonly key: KeyObject;
  /** Type of the key, as Roles Anywhere spells it. */
  readonly keyType: "RSA" | "ECDSA";
}
