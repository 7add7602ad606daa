import { captionEnumeration } from "./enumerations";

/**
 * How Lambda invokes the function: synchronously, asynchronously, or not at all.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export enum InvocationType {
  /** Runs the function and returns its response, with status 200. */
  RequestResponse = "RequestResponse",

  /** Queues the event and returns at once, with status 202. The function's result is not reported. */
  Event = "Event",

  /** Checks parameters and permissions without running the function, with status 204. */
  DryRun = "DryRun",
}

captionEnumeration(InvocationType, {
  RequestResponse: "Request and response",
  Event: "Event",
  DryRun: "Dry run",
});
