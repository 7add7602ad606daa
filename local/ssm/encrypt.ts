import { createCipheriv, randomBytes } from "node:crypto";

// Random and private, like a key in KMS: the ciphertext can't be decrypted.
const KEY = randomBytes(32);

// First bytes of KMS ciphertexts, so that the result looks like one.
const HEADER = Buffer.from("AQICAHhQ", "base64");

/** Encrypts the value of a `SecureString`. The ciphertext is different every time. */
export function encrypt(value: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", KEY, nonce);
  const sealed = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return Buffer.concat([HEADER, nonce, sealed, cipher.getAuthTag()]).toString(
    "base64",
  );
}
