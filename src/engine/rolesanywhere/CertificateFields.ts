import { types } from "node:util";

/** What somebody proves with who he is, as it was given. */
export interface CertificateFields {
  /** Certificate as PEM, or a PKCS#12 file as bytes or base64 text. */
  readonly certificate: string | Uint8Array;
  /** Absent: it is in the PKCS#12 file, or beside the certificate in PEM. */
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

/** The PEM text of a certificate, given as such or as the bytes of its file. Absent: it is none. */
export function pemIn(value: unknown): string | undefined {
  const text = types.isUint8Array(value)
    ? Buffer.from(value).toString("latin1")
    : value;
  return isPemCertificate(text) ? text : undefined;
}

const PEM_KEY =
  /-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----[^]*?-----END \1-----/;

/** Whether a text has a private key in it, as PEM writes it. */
export function isPemKey(value: unknown): boolean {
  return (
    typeof value === "string" &&
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(value)
  );
}

/** The private key that stands beside a certificate in PEM. Absent: there is none. */
export function keyBeside(certificate: unknown): string | undefined {
  const pem = pemIn(certificate);
  return pem && PEM_KEY.exec(pem)?.[0];
}

/** Whether something may be a PKCS#12 file, as bytes or base64 text. */
export function isPkcs12(value: unknown): boolean {
  if (types.isUint8Array(value)) return value.byteLength > 0;
  return typeof value === "string" && /^[A-Za-z\d+/=\r\n]{20,}$/.test(value);
}
