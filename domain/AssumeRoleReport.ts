import { CheckVerdict } from "./CheckVerdict";
import { Caption } from "./decorators";

/** One check of an {@link AssumeRoleReport}. */
export class AssumeRoleCheck {
  /** Name of the check, for example `external ID` or `refused without external ID`. */
  @Caption("Check")
  readonly check!: string;

  /** Result of the check. */
  @Caption("Verdict")
  readonly verdict!: CheckVerdict;

  /** The result as a sentence. Contains no secrets. */
  @Caption("Message")
  readonly message!: string;

  /** What to do about the result. Optional; missing if there is nothing to do. */
  @Caption("Advice")
  readonly advice?: string;
}

const MARKS: Readonly<Record<CheckVerdict, string>> = {
  passed: "✓",
  warning: "!",
  failed: "✗",
  unknown: "?",
};

/** Verdicts from worst to best. */
const WORST_FIRST = [
  CheckVerdict.Failed,
  CheckVerdict.Unknown,
  CheckVerdict.Warning,
  CheckVerdict.Passed,
];

/**
 * Result of {@link operations!CheckAssumeRole}: a list of checks and an overall verdict. Print it to read it.
 *
 * @example
 * const { verdict, checks } = await connector.checkAssumeRole({
 *   functionName: "price",
 *   roleArn: "arn:aws:iam::222233334444:role/invoker",
 * });
 * console.log(verdict);
 * for (const { check, message, advice } of checks)
 *   console.log(check, message, advice);
 */
export class AssumeRoleReport {
  /** Worst verdict of all checks, in the order `failed`, `unknown`, `warning`, `passed`. `unknown` if there are none. */
  @Caption("Verdict")
  readonly verdict: CheckVerdict;

  /** Checks, in the order in which they ran. */
  @Caption("Checks")
  readonly checks: readonly AssumeRoleCheck[];

  /**
   * Creates a report and derives its verdict from the checks.
   *
   * @param checks - Checks in the order in which they ran. Defaults to none, as `plainToInstance` passes no arguments.
   */
  constructor(checks: readonly AssumeRoleCheck[] = []) {
    this.checks = checks;
    this.verdict =
      WORST_FIRST.find((verdict) =>
        checks.some((check) => check.verdict === verdict),
      ) ?? CheckVerdict.Unknown;
  }

  /** Returns one line per check, followed by a line with its advice if there is any. */
  toString(): string {
    const width = Math.max(...this.checks.map(({ check }) => check.length));
    return this.checks
      .map(({ check, verdict, message, advice }) => {
        const line = `${MARKS[verdict]} ${verdict.padEnd(7)}  ${check.padEnd(width)}  ${message}`;
        return advice === undefined
          ? line
          : `${line}\n${" ".repeat(width + 13)}${advice}`;
      })
      .join("\n");
  }
}
