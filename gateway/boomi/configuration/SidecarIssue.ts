import type { Issue } from "../../../src";

/** A rule of the configuration that was broken. Its message begins with where that stands, and never holds the value. */
export interface SidecarIssue extends Issue {
  /** What the vendor's own connector says of it. Absent: nothing that is known. */
  readonly row?: {
    /** Name of the error, for example `InvalidPreInputConfiguration`. */
    readonly name: string;

    /** Its text, for example `AWS Region Not Specified`. */
    readonly message: string;
  };
}

/** The name under which the vendor's table has its rows 1 to 5, for post as well: it has no other. */
export const INVALID_CONFIGURATION = "InvalidPreInputConfiguration";

/** What a point's configuration is called. */
export const PRE_INPUT = "preInput";
export const POST_INPUT = "postInput";
