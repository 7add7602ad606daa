import type { Issue } from "../../errors";

/** Maximum number of issues that are reported for one value. */
export const MAX_ISSUES = 100;

/** Collects the issues of one value, up to a limit. */
export class IssueList {
  readonly #issues: Issue[] = [];
  readonly #paths = new Set<string>();

  get all(): readonly Issue[] {
    return this.#issues;
  }

  get isFull(): boolean {
    return this.#issues.length >= MAX_ISSUES;
  }

  /** Whether a path has an issue. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Adds issues, as long as there is room. */
  add(...issues: readonly Issue[]): void {
    for (const issue of issues) {
      if (this.isFull) return;
      this.#issues.push(issue);
      this.#paths.add(issue.path);
    }
  }
}
