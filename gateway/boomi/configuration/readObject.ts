import { paramName } from "./keys";
import type { Setting } from "./Setting";
import type { SidecarIssue } from "./SidecarIssue";

/**
 * Reads an object of the vendor's keys, whatever it is: what is no object, and what throws when it is touched, becomes an
 * issue. `undefined` is absent, and so is `null` but as the value of a parameter.
 */
export function readObject(
  given: unknown,
  label: string,
): Setting[] | SidecarIssue {
  try {
    if (typeof given !== "object" || given === null || Array.isArray(given))
      return refused(
        "object",
        `${label}: it takes lines, or an object of keys`,
      );
    return Object.keys(given)
      .map((key) => ({
        where: label,
        key: key.trim(),
        value: copied((given as Record<string, unknown>)[key]),
      }))
      .filter(({ key, value }) =>
        value === null ? paramName(key) !== undefined : value !== undefined,
      );
  } catch {
    return refused(
      "readable",
      `${label}: it could not be read: something in it threw; give plain values`,
    );
  }
}

/** Lists are copied, so that nothing of the caller's is touched after this. */
function copied(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])] : value;
}

function refused(rule: string, message: string): SidecarIssue {
  return { path: "", rule, message };
}
