import type { Issue } from "../../errors";

/** The result of checking a value: its issues, or what it was converted to. */
export interface CheckResult {
  readonly issues: readonly Issue[];
  /** Set if there are no issues. */
  readonly output?: unknown;
  /** What the rules threw, without secrets. */
  readonly cause?: Error | undefined;
}

/** How the request or the response of a typed function is checked. */
export interface Contract {
  /** Name of the class, or of the library of the schema, for messages. */
  readonly name: string;
  /** Checks a value. Never throws; a promise may never settle. */
  check(value: unknown): CheckResult | Promise<CheckResult>;
  /** Whether the request is sent as it was passed, not as it was converted. */
  readonly sendsInput: boolean;
}

/** The result of a check that failed with one issue. */
export function failure(
  rule: string,
  message: string,
  cause?: Error,
): CheckResult {
  return { issues: [{ path: "", rule, message }], cause };
}
