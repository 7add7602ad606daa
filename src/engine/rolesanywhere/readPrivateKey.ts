import { createPrivateKey, type KeyObject } from "node:crypto";
import { childrenOf, readAsn1, toOctets } from "./asn1";
import {
  readEncryption,
  runDecryption,
  UnsupportedAlgorithmError,
  type Encryption,
} from "./encryption";
import { InvalidCertificateError } from "./InvalidCertificateError";
import { KeyLimits } from "./KeyLimits";
import type { Steps } from "./steps";

const ENCRYPTED_PKCS8 =
  /-----BEGIN ENCRYPTED PRIVATE KEY-----([A-Za-z\d+/=\s]*)-----END ENCRYPTED PRIVATE KEY-----/;

/** Marks OpenSSL's older form of encryption, which has no iterations. */
const ENCRYPTED_TRADITIONAL = "Proc-Type: 4,ENCRYPTED";

/**
 * Reads a private key in PEM format.
 *
 * @throws {@link InvalidCertificateError}, without Node's error message, which may quote the key.
 */
export function* readPrivateKey(
  pem: string,
  passphrase: string | undefined,
): Steps<KeyObject> {
  const pkcs8 = ENCRYPTED_PKCS8.exec(pem)?.[1];
  const isEncrypted =
    pkcs8 !== undefined || pem.includes(ENCRYPTED_TRADITIONAL);
  if (isEncrypted && passphrase === undefined)
    throw new InvalidCertificateError(
      "passphrase",
      "required",
      "passphrase is required because privateKey is encrypted",
    );
  try {
    const encryption =
      pkcs8 === undefined
        ? undefined
        : readPkcs8Encryption(pkcs8, passphrase ?? "");
    if (!encryption)
      return createPrivateKey(
        isEncrypted ? { key: pem, passphrase: passphrase ?? "" } : pem,
      );
    const key = yield* runDecryption(encryption);
    return createPrivateKey({ key, format: "der", type: "pkcs8" });
  } catch (error) {
    if (error instanceof InvalidCertificateError) throw error;
    throw describeFailure({ isEncrypted });
  }
}

function describeFailure({
  isEncrypted,
}: {
  readonly isEncrypted: boolean;
}): InvalidCertificateError {
  return isEncrypted
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

/** Reads how a PKCS#8 key is encrypted. `undefined`: OpenSSL has to decrypt it. Its iterations have been checked then. */
function readPkcs8Encryption(
  base64: string,
  passphrase: string,
): Encryption | undefined {
  const limits = new KeyLimits("privateKey");
  const [algorithm, encrypted] = childrenOf(
    readAsn1(Buffer.from(base64, "base64")),
  );
  if (!algorithm || !encrypted) return undefined;
  try {
    const bytes = toOctets(encrypted);
    return readEncryption(algorithm, bytes, { passphrase, limits });
  } catch (error) {
    if (error instanceof UnsupportedAlgorithmError) return undefined;
    throw error;
  }
}
