/** Certificate and private key as the caller gave them. */
export interface CertificateFields {
  /** Certificate in PEM format, or a PKCS#12 file as bytes or a base64 string. */
  readonly certificate: string | Uint8Array;
  /** Optional; defaults to the key in the PKCS#12 file, or in the PEM string of the certificate. */
  readonly privateKey?: string | undefined;
  /** Passphrase of the key or the file. Required if it is encrypted. */
  readonly passphrase?: string | undefined;
  readonly certificateChain?: string | undefined;
}
