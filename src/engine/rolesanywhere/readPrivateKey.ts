import { createPrivateKey, type KeyObject } from "node:crypto";
import { InvalidCertificateError } from "./InvalidCertificateError";

const ENCRYPTED =
  /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/;

/**
 * Reads a private key in PEM format.
 *
 * @throws {@link InvalidCertificateError}, without Node's error message, which may quote the key.
 */
export function readPrivateKey(
  pem: string,
  passphrase: string | undefined,
): KeyObject {
  const isEncrypted = ENCRYPTED.test(pem);
  if (isEncrypted && passphrase === undefined)
    throw new InvalidCertificateError(
      "passphrase",
      "required",
      "passphrase is required because privateKey is encrypted",
    );
  try {
    return createPrivateKey(
      isEncrypted ? { key: pem, passphrase: passphrase ?? "" } : pem,
    );
  } catch {
    throw isEncrypted
      ? new InvalidCertificateError(
          "passphrase",
          "match",
          "passphrase does not decrypt privateKey; correct it",
        )
      : new InvalidCertificateError(
          "privateKey",
          "readable",
          "privateKey must be a valid private key in PEM format",
        );
  }
}
