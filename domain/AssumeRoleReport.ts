import { CheckVerdict } from "./CheckVerdict";
import { Caption } from "./decorators";

/** One line of an {@link AssumeRoleReport}. */
export class AssumeRoleCheck {
  /** What was looked at, for example `external id` or `refused without external id`. */
  @Caption("Check")
  readonly check!: string;

  /** What was found. */
  @Caption("Verdict")
  readonly verdict!: CheckVerdict;

  /** The same in a sentence; holds no secret. */
  @Caption("Message")
  readonly message!: string;

  /** What to do about it. Absent: nothing. */
  @Caption("Advice")
  readonly advice?: string;
}

const MARKS: Readonly<Record<CheckVerdict, string>> = {
  passed: "✓",
  warning: "!",
  failed: "✗",
  unknown: "?",
};

/** From the gravest to the best. */
const GRAVITY = [
  CheckVerdict.Failed,
  CheckVerdict.Unknown,
  CheckVerdict.Warning,
  CheckVerdict.Passed,
];

/**
 * What a preflight of a role found, check by check; printed, it is a page for a person.
 *
 * @example
 * const { verdict, checks } = await connector.checkAssumeRole({ functionName: "price", roleArn: "arn:aws:iam::222233334444:role/invoker" });
 * for (const { check, message, advice } of checks) console.log(check, message, advice);
 */
export class AssumeRoleReport {
  /** The gravest of the checks' verdicts: `failed`, else `unknown`, else `warning`, else `passed`. */
  @Caption("Verdict")
  readonly verdict: CheckVerdict;

  /** The checks, in the order in which they were made. */
  @Caption("Checks")
  readonly checks: readonly AssumeRoleCheck[];

  /**
   * Sums up checks.
   *
   * @param checks - In the order in which they were made. Absent: none yet, as `plainToInstance` needs it.
   */
  constructor(checks: readonly AssumeRoleCheck[] = []) {
    this.checks = checks;
    this.verdict =
      GRAVITY.find((verdict) =>
        checks.some((check) => check.verdict === verdict),
      ) ?? CheckVerdict.Unknown;
  }

  /** One line for each check, with what to do below it where something is to be done. */
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
