import { createPrivateKey, type KeyObject } from "node:crypto";
import { InvalidCertificateError } from "./InvalidCertificateError";

const LOCKED = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/;

/**
 * Reads a private key as PEM.
 *
 * @throws {@link Unfit}, without what Node says: it may repeat what it has read.
 */
export function readKey(
  pem: string,
  passphrase: string | undefined,
): KeyObject {
  const isLocked = LOCKED.test(pem);
  if (isLocked && passphrase === undefined)
    throw new InvalidCertificateError(
      "passphrase",
      "required",
      "passphrase is required: privateKey is locked with one",
    );
  try {
    return createPrivateKey(
      isLocked ? { key: pem, passphrase: passphrase ?? "" } : pem,
    );
  } catch {
    throw isLocked
      ? new InvalidCertificateError(
          "passphrase",
          "match",
          "passphrase is wrong: it does not open privateKey",
        )
      : new InvalidCertificateError(
          "privateKey",
          "readable",
          "privateKey cannot be read: it is no private key in PEM",
        );
  }
}
