import type { Point, PointConfiguration } from "./PointConfiguration";
import type { PostInput } from "./PostInput";
import type { PreInput } from "./PreInput";
import { readLines } from "./readLines";
import { readObject } from "./readObject";
import { isSetting } from "./Setting";
import { Sheet } from "./Sheet";
import { POST_INPUT, PRE_INPUT, type SidecarIssue } from "./SidecarIssue";
import { toConfiguration } from "./toConfiguration";

export type { SidecarIssue } from "./SidecarIssue";

/**
 * Reads the configuration of a point: the vendor's lines, or an object of his keys. Nothing is thrown, whatever is given.
 *
 * @returns The configuration, unless a rule is broken; and each broken rule. What is missing comes first, then everything in
 * the order of the lines.
 */
export function readPoint(
  given: string | PreInput | PostInput,
  point: Point,
): {
  readonly configuration?: PointConfiguration;
  readonly issues: readonly SidecarIssue[];
} {
  const label = point === "PreProcessor" ? PRE_INPUT : POST_INPUT;
  const found =
    typeof given === "string"
      ? readLines(given, label)
      : readObject(given, label);
  // Of what could not be read at all, nothing is missing.
  if ("message" in found) return { issues: [found] };
  const sheet = new Sheet(point);
  for (const each of found)
    if (isSetting(each)) sheet.take(each);
    else sheet.issues.push(each);
  sheet.compare();
  const issues = [...sheet.missing(label), ...sheet.issues];
  return issues.length > 0
    ? { issues }
    : { configuration: toConfiguration(sheet), issues };
}
