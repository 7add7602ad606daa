import type { Issue } from "../../errors";

/** A setting of the connection cannot be used for a request. Nothing was sent. */
export class UnusableSettingError extends Error {
  override readonly name = "UnusableSettingError";
  readonly issue: Issue;

  constructor(issue: Issue) {
    super(issue.message);
    this.issue = issue;
  }
}
