import type { Exchange } from "../../http/Exchange";
import type { PolicyError } from "./PolicyError";

/**
 * What `onFailure` receives.
 *
 * @category Gateway
 */
export interface PolicyFailure {
  /** Name of the policy. */
  readonly policy: string;

  /** The failure. Its `cause` is the original error; if an expression failed, the cause names the option. */
  readonly error: PolicyError;

  /** Whether the request continued despite the failure: with `failSafe`, or after a variable failed with `v3`. */
  readonly isSuppressed: boolean;

  /** The exchange in which it happened. */
  readonly exchange: Exchange;
}
