import { isEntry } from "./ConfigurationEntry";
import { ConfigurationReader } from "./ConfigurationReader";
import type { Point, PointConfiguration } from "./PointConfiguration";
import type { PostInput } from "./PostInput";
import type { PreInput } from "./PreInput";
import { readLines } from "./readLines";
import { readObject } from "./readObject";
import { POST_INPUT, PRE_INPUT, type SidecarIssue } from "./SidecarIssue";
import { toConfiguration } from "./toConfiguration";

/** What was read of the configuration of a point. */
export interface ReadConfiguration {
  /** `undefined` if there are issues. */
  readonly configuration?: PointConfiguration;
  readonly issues: readonly SidecarIssue[];
  /** Whether the error set applies to the issues. */
  readonly enableErrorSet?: boolean;
}

/**
 * Reads the configuration of a point from Boomi's lines or from an object. Never throws.
 *
 * @returns The configuration if it is valid, and otherwise every issue: missing keys first, then the others in the order of the
 * lines.
 */
export function readConfiguration(
  given: string | PreInput | PostInput,
  point: Point,
): ReadConfiguration {
  const label = point === "PreProcessor" ? PRE_INPUT : POST_INPUT;
  const entries =
    typeof given === "string"
      ? readLines(given, label)
      : readObject(given, label);
  // If nothing could be read, missing keys are not reported.
  if ("message" in entries) return { issues: [entries] };
  const reader = new ConfigurationReader(point);
  for (const each of entries)
    if (isEntry(each)) reader.add(each);
    else reader.issues.push(each);
  reader.checkRegion();
  const issues = [...reader.findMissingKeys(label), ...reader.issues];
  const enableErrorSet = reader.values.enable_error_set ?? false;
  return issues.length > 0
    ? { issues, enableErrorSet }
    : { configuration: toConfiguration(reader), issues };
}
