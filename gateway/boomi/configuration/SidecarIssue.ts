import type { Issue } from "../../../src";

/** A broken rule of the configuration. The message starts with the location and never contains the value. */
export interface SidecarIssue extends Issue {
  /** The error of Boomi's connector for it, if Boomi documents one. */
  readonly boomiError?: {
    /** Error name, for example `InvalidPreInputConfiguration`. */
    readonly name: string;

    /** Error message, for example `AWS Region Not Specified`. */
    readonly message: string;
  };
}

/** The error name of rows 1 to 5 of Boomi's table. Boomi documents no other name for post-processing. */
export const INVALID_CONFIGURATION = "InvalidPreInputConfiguration";

/** Labels of the two configurations in messages. */
export const PRE_INPUT = "preInput";
export const POST_INPUT = "postInput";
