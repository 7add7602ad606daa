import { captionEnumeration } from "./enumerations";

/** Result of one check of {@link operations!CheckAssumeRole}. */
export enum CheckVerdict {
  /** The check found no problem. */
  Passed = "passed",

  /** The setup works, but grants more access or is less secure than necessary. */
  Warning = "warning",

  /** The setup does not work, or others can use the role. */
  Failed = "failed",

  /** The check could not determine a result. */
  Unknown = "unknown",
}

captionEnumeration(CheckVerdict, {
  Passed: "Passed",
  Warning: "Warning",
  Failed: "Failed",
  Unknown: "Unknown",
});
