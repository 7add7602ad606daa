import type { SidecarIssue } from "./SidecarIssue";

/** One key and its value, as somebody has written them. */
export interface Setting {
  /** Where it stands, for messages: `preInput line 7`, or `preInput` in an object. */
  readonly where: string;

  /** The key as it is written, without blanks around it. */
  readonly key: string;

  /** A text, where lines are read; in an object whatever is there. */
  readonly value: unknown;
}

/** What was read in a place: a setting, or why there is none. */
export type Found = Setting | SidecarIssue;

/** Tells the two apart. */
export function isSetting(found: Found): found is Setting {
  return "where" in found;
}
