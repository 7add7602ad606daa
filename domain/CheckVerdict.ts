import { captionEnumeration } from "./enumerations";

/** What one check of a preflight found. */
export enum CheckVerdict {
  /** It is as it should be. */
  Passed = "passed",

  /** It works, and is wider or weaker than it need be. */
  Warning = "warning",

  /** It does not work, or is open to others. */
  Failed = "failed",

  /** It could not be told. */
  Unknown = "unknown",
}

captionEnumeration(CheckVerdict, {
  Passed: "Passed",
  Warning: "Warning",
  Failed: "Failed",
  Unknown: "Unknown",
});
