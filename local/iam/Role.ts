import type { Statement, TrustStatement } from "./Statement";

/** An IAM role. */
export interface Role {
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;

  /** `AROA…`. */
  readonly id: string;
  readonly trust: readonly TrustStatement[];
  readonly permissions: readonly Statement[];

  /** Longest session in seconds. */
  readonly maxSessionDuration: number;
}
