import { createCipheriv, randomBytes } from "node:crypto";

// As a key that never leaves the service: what it enciphers can't be read outside.
const KEY = randomBytes(32);

// First bytes of what AWS's key service gives out, so that ciphertext looks like ciphertext.
const HEADER = Buffer.from("AQICAHhQ", "base64");

/** Ciphertext of a secure value, different every time and of no use to anybody. */
export function encrypt(value: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", KEY, nonce);
  const sealed = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return Buffer.concat([HEADER, nonce, sealed, cipher.getAuthTag()]).toString(
    "base64",
  );
}
