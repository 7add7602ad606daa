import type { Issue } from "../../errors";

/** A certificate or private key that cannot be used. Contains nothing of the key. */
export class InvalidCertificateError extends Error {
  override readonly name = "InvalidCertificateError";
  readonly issue: Issue;

  constructor(path: string, rule: string, message: string) {
    super(message);
    this.issue = { path, rule, message };
  }
}
