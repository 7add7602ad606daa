/** What somebody proves with who he is, as it was given. */
export interface Papers {
  /** Certificate as PEM text, or a PKCS#12 file as bytes or base64 text. */
  readonly certificate: string | Uint8Array;
  /** Absent: it is in the PKCS#12 file. */
  readonly privateKey?: string | undefined;
  /** Absent: neither key nor file is locked. */
  readonly passphrase?: string | undefined;
  readonly certificateChain?: string | undefined;
}

const PEM_CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/;

/** Whether a text has a certificate in it, as PEM writes it. */
export function isPemCertificate(value: unknown): value is string {
  return typeof value === "string" && PEM_CERTIFICATE.test(value);
}

/** Whether a text has a private key in it, as PEM writes it. */
export function isPemKey(value: unknown): boolean {
  return (
    typeof value === "string" &&
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(value)
  );
}

/** Whether something may be a PKCS#12 file, as bytes or base64 text. */
export function isPkcs12(value: unknown): boolean {
  if (value instanceof Uint8Array || Buffer.isBuffer(value))
    return value.byteLength > 0;
  return typeof value === "string" && /^[A-Za-z\d+/=\r\n]{20,}$/.test(value);
}
