/** Certificate and private key as the caller gave them: PEM in any form that `readPemContent` reads, or DER. */
export interface CertificateFields {
  /** Certificate, or a PKCS#12 file as bytes or a base64 string. */
  readonly certificate: string | Uint8Array;
  /** Optional; defaults to the key in the PKCS#12 file, or in the PEM string of the certificate. */
  readonly privateKey?: string | Uint8Array | undefined;
  /** Passphrase of the key or the file. Required if it is encrypted. */
  readonly passphrase?: string | undefined;
  readonly certificateChain?: string | Uint8Array | undefined;
}
