import { captionEnumeration } from "./enumerations";

/**
 * How a function is run, as AWS names it.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export enum InvocationType {
  /** Run it and wait for its answer; status 200. */
  RequestResponse = "RequestResponse",

  /** Put the event into the function's queue and return at once, status 202; the outcome is not told. */
  Event = "Event",

  /** Check parameters and permission, status 204; the function does not run. */
  DryRun = "DryRun",
}

captionEnumeration(InvocationType, {
  RequestResponse: "Request and response",
  Event: "Event",
  DryRun: "Dry run",
});
