import type { Exchange } from "../../http/Exchange";
import type { PolicyError } from "./PolicyError";

/**
 * A failure of a policy, for the host's eyes.
 *
 * @category Gateway
 */
export interface PolicyFailure {
  /** The name of the policy. */
  readonly policy: string;

  /** What went wrong; what led to it is its `cause`, with the option whose expression failed. */
  readonly error: PolicyError;

  /** Whether traffic went on: `failSafe`, or a variable of `v3`. */
  readonly isSuppressed: boolean;

  /** The exchange in which it happened. */
  readonly exchange: Exchange;
}
