import { captionEnumeration } from "./enumerations";

/** How a function is run, as AWS names it. */
export enum InvocationType {
  /** Run it and wait for its answer. */
  RequestResponse = "RequestResponse",

  /** Put the event into the function's queue and return at once; the answer tells nothing of the outcome. */
  Event = "Event",

  /** Check parameters and permission; the function does not run. */
  DryRun = "DryRun",
}

captionEnumeration(InvocationType, {
  RequestResponse: "Request and response",
  Event: "Event",
  DryRun: "Dry run",
});
