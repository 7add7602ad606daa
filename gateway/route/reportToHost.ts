import { callListener } from "./callListener";
import { withFormat, type FailureReport } from "./formatFailure";
import { summarizeError } from "./summarizeError";
import { warnOnce } from "./warnOnce";

/** The receiver of a failure report. */
export interface Receiver<Report> {
  readonly listener: ((report: Report) => unknown) | undefined;

  /** The option of the listener, for example `onFault of createRoute`. */
  readonly option: string;

  /** Where the failure happened, for example `step "partners"`. */
  readonly place: string;
}

/** Reports a failure to the listener of the host. Without one, the process warns once about each kind of failure. */
export function reportToHost<Report extends FailureReport>(
  report: Report,
  { listener, option, place }: Receiver<Report>,
): void {
  if (listener) {
    callListener(listener, withFormat(report, place));
    return;
  }
  const outcome = report.isSuppressed
    ? "failed; the request continued"
    : "failed";
  warnOnce(
    `Gateway: ${place} ${outcome}: ${summarizeError(report.error)}`,
    option,
  );
}
