import type { PointConfiguration } from "./PointConfiguration";
import {
  INVALID_CONFIGURATION,
  POST_INPUT,
  PRE_INPUT,
  type SidecarIssue,
} from "./SidecarIssue";
import { formatNumber } from "../../../src/internal";

/** The configured points of a sidecar. */
export interface Points {
  /** Pre-processing, if configured. */
  readonly pre?: Pick<PointConfiguration, "timeoutMs"> | undefined;

  /** Post-processing, if configured. */
  readonly post?: Pick<PointConfiguration, "timeoutMs"> | undefined;
}

/**
 * Checks the timeouts of both points together against the endpoint's own timeout: row 5 of Boomi's table.
 *
 * @param points - Both points. A point without a timeout counts as zero; otherwise a timeout could not be set at one point only.
 * @param endpointTimeoutMs - The endpoint's own timeout in ms; Boomi's console shows it in seconds. Optional; without it
 * nothing is checked.
 */
export function validateTimeouts(
  { pre, post }: Points,
  endpointTimeoutMs: number | undefined,
): SidecarIssue[] {
  const sum = (pre?.timeoutMs ?? 0) + (post?.timeoutMs ?? 0);
  // Equal is allowed: Boomi's pages contradict each other, and the error message says "greater".
  if (endpointTimeoutMs === undefined || sum <= endpointTimeoutMs) return [];
  const labels = [
    ...(pre?.timeoutMs === undefined ? [] : [PRE_INPUT]),
    ...(post?.timeoutMs === undefined ? [] : [POST_INPUT]),
  ];
  const [subject, verb] =
    labels.length > 1
      ? ["the timeouts must add up to", "add up to"]
      : ["timeout must be", "is"];
  const format = (ms: number): string => `${formatNumber(ms)} ms`;
  return [
    {
      path: "timeout",
      rule: "sum",
      message: `${labels.join(" and ")}: ${subject} at most ${format(endpointTimeoutMs)}, the timeout of the endpoint, but ${verb} ${format(sum)}`,
      boomiError: {
        name: INVALID_CONFIGURATION,
        message: "Sidecar Connector timeout is greater than endpoint timeout",
      },
    },
  ];
}
