/**
 * Captures the stack trace of an error, starting with the line that calls this function. Node prints a source line above an
 * uncaught error: the first line of its stack trace, which would be an internal one of this package, unless that line contains
 * `hidden`. The call must be on one line, so that the line does contain it.
 *
 * @see {@link https://github.com/nodejs/node/blob/v24.0.0/src/node_errors.cc | GetErrorSource in node_errors.cc}
 */
export const captureFrames: <Captured extends object>(
  error: Captured,
  hidden: "node-do-not-add-exception-line",
) => Captured = (error) => {
  Error.captureStackTrace(error, captureFrames);
  return error;
};
