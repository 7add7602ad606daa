import type { SidecarIssue } from "./SidecarIssue";

/** One key with its value, as given. */
export interface ConfigurationEntry {
  /** Location for messages: `preInput line 7`, or `preInput` for an object. */
  readonly location: string;

  /** The key as written, without surrounding whitespace. */
  readonly key: string;

  /** A string from a line, or any value from an object. */
  readonly value: unknown;
}

/** An entry, or why it can't be read. */
export type EntryOrIssue = ConfigurationEntry | SidecarIssue;

export function isEntry(found: EntryOrIssue): found is ConfigurationEntry {
  return "location" in found;
}
