import { captionEnumeration } from "./enumerations";

/**
 * Whether the response includes the end of the function's log.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export enum LogType {
  /** The response includes no log. */
  None = "None",

  /** The response includes the last 4 KB of the log. Only for the invocation type `RequestResponse`. */
  Tail = "Tail",
}

captionEnumeration(LogType, { None: "No log", Tail: "Tail of the log" });
