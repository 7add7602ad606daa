import { captionEnumeration } from "./enumerations";

/**
 * Whether the end of the function's log comes with the answer.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export enum LogType {
  /** The answer brings no log. */
  None = "None",

  /** The answer brings the last 4 KB of the log; for `RequestResponse` only. */
  Tail = "Tail",
}

captionEnumeration(LogType, { None: "No log", Tail: "Tail of the log" });
