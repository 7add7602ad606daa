import { randomBytes } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A unique id as IAM makes them: a prefix that tells the kind, and 16 letters or digits. */
export function createIamId(prefix: "AKIA" | "ASIA" | "AIDA" | "AROA"): string {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte & 31]);
  return prefix + letters.join("");
}

/** A secret access key: 40 characters, as AWS makes them. */
export function createSecretAccessKey(): string {
  return randomBytes(30).toString("base64");
}

/** A session token: opaque, and long as AWS's own are. */
export function createSessionToken(): string {
  return `IQoJb3JpZ2luX2Vj${randomBytes(270).toString("base64")}`;
}
