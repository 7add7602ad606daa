import type { PointConfiguration } from "./PointConfiguration";
import {
  INVALID_CONFIGURATION,
  POST_INPUT,
  PRE_INPUT,
  type SidecarIssue,
} from "./SidecarIssue";

/** The two points of a sidecar, as far as they are there. */
export interface Points {
  /** Before the origin. Absent: nothing is called there. */
  readonly pre?: Pick<PointConfiguration, "timeoutMs"> | undefined;

  /** After the origin. Absent: nothing is called there. */
  readonly post?: Pick<PointConfiguration, "timeoutMs"> | undefined;
}

/**
 * Holds the time-outs of both points together to the endpoint's own, row 5 of the vendor's table.
 *
 * @param points - Both points. One without a time-out counts as zero: else a time-out could never be set at one point alone.
 * @param endpointTimeoutMs - The endpoint's own, in ms; the vendor's console has it in seconds. Absent: there is none.
 */
export function readTimeouts(
  { pre, post }: Points,
  endpointTimeoutMs: number | undefined,
): SidecarIssue[] {
  const sum = (pre?.timeoutMs ?? 0) + (post?.timeoutMs ?? 0);
  // Equal is allowed: the vendor's pages disagree, and the text of the error says greater.
  if (endpointTimeoutMs === undefined || sum <= endpointTimeoutMs) return [];
  const where = [
    ...(pre?.timeoutMs === undefined ? [] : [PRE_INPUT]),
    ...(post?.timeoutMs === undefined ? [] : [POST_INPUT]),
  ];
  const together = where.length > 1 ? ", together with the other point's," : "";
  return [
    {
      path: "timeout",
      rule: "sum",
      message: `${where.join(" and ")}: timeout${together} is ${sum} ms, and the endpoint's own is ${endpointTimeoutMs} ms; the sum may not be greater`,
      row: {
        name: INVALID_CONFIGURATION,
        message: "Sidecar Connector timeout is greater than endpoint timeout",
      },
    },
  ];
}
