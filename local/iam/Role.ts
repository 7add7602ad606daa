import type { Statement, TrustStatement } from "./Statement";

/** An IAM role. */
export interface Role {
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;

  /** Unique ID, `AROA…`. */
  readonly id: string;
  readonly trust: readonly TrustStatement[];
  readonly permissions: readonly Statement[];

  /** Maximum duration of a session in seconds. */
  readonly maxSessionDuration: number;
}
