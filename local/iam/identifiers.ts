import { randomBytes } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Creates a unique ID in IAM's format: a prefix for the type, and 16 letters or digits. */
export function createIamId(prefix: "AKIA" | "ASIA" | "AIDA" | "AROA"): string {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte & 31]);
  return prefix + letters.join("");
}

/** Creates a secret access key of 40 characters. */
export function createSecretAccessKey(): string {
  return randomBytes(30).toString("base64");
}

/** Creates an opaque session token, as long as AWS's. */
export function createSessionToken(): string {
  return `IQoJb3JpZ2luX2Vj${randomBytes(270).toString("base64")}`;
}
