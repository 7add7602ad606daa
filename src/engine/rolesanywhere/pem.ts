import { types } from "node:util";

const PEM_CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/;

/** Whether a value is a string that contains a certificate in PEM format. */
export function isPemCertificate(value: unknown): value is string {
  return typeof value === "string" && PEM_CERTIFICATE.test(value);
}

/** Returns the PEM string of a certificate that is given as a string or as bytes. `undefined`: it is not PEM. */
export function toPem(value: unknown): string | undefined {
  const text = types.isUint8Array(value)
    ? Buffer.from(value).toString("latin1")
    : value;
  return isPemCertificate(text) ? text : undefined;
}

const PEM_PRIVATE_KEY = /-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----/;

/** Whether a value is a string that contains a private key in PEM format. */
export function isPemPrivateKey(value: unknown): boolean {
  return typeof value === "string" && PEM_PRIVATE_KEY.test(value);
}

/** Returns the private key in the PEM string of a certificate, if there is one. */
export function findPrivateKey(certificate: unknown): string | undefined {
  const pem = toPem(certificate);
  const found = pem === undefined ? null : PEM_PRIVATE_KEY.exec(pem);
  if (!found) return undefined;
  const end = `-----END ${found[1] ?? ""}-----`;
  const endsAt = found.input.indexOf(end, found.index);
  return endsAt < 0
    ? undefined
    : found.input.slice(found.index, endsAt + end.length);
}
