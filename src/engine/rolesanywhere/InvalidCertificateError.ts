import type { Issue } from "../../errors";

/** What is wrong with a certificate or its key; never with what is in it. */
export class InvalidCertificateError extends Error {
  override readonly name = "Unfit";
  readonly issue: Issue;

  constructor(path: string, rule: string, message: string) {
    super(message);
    this.issue = { path, rule, message };
  }
}
