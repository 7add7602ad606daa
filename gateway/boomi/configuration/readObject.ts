import type { ConfigurationEntry } from "./ConfigurationEntry";
import { getParamName } from "./configurationKeys";
import type { SidecarIssue } from "./SidecarIssue";

/**
 * Reads an object with Boomi's keys. Never throws: a value that is not an object, or a getter that throws, becomes an issue.
 * `undefined` and `null` count as not given, except `null` as the value of a parameter.
 */
export function readObject(
  given: unknown,
  label: string,
): ConfigurationEntry[] | SidecarIssue {
  try {
    if (typeof given !== "object" || given === null || Array.isArray(given))
      return toIssue(
        "object",
        `${label}: the configuration must be a string of lines or an object`,
      );
    return Object.keys(given)
      .map((key) => ({
        location: label,
        key: key.trim(),
        value: copyList((given as Record<string, unknown>)[key]),
      }))
      .filter(({ key, value }) =>
        value === null ? getParamName(key) !== undefined : value !== undefined,
      );
  } catch {
    return toIssue(
      "readable",
      `${label}: the configuration could not be read because a getter threw; pass plain values`,
    );
  }
}

/** Copies a list, so that the caller's own objects are not read later. */
function copyList(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])] : value;
}

function toIssue(rule: string, message: string): SidecarIssue {
  return { path: "", rule, message };
}
