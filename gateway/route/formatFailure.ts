import type { Exchange } from "../http/Exchange";
import { findLocation } from "./summarizeError";

/** What every report of a failure contains. */
export interface FailureReport {
  readonly error: unknown;
  readonly exchange: Exchange;
  readonly isSuppressed?: boolean;
}

const MAX_TEXT_LENGTH = 500;

/**
 * Makes a report print in at most three lines: what happened, where, and the cause. An exchange would fill pages, and an error prints
 * its message again in its stack trace and in its cause.
 *
 * @param place - Where it happened, for example `step "partners"`.
 */
export function withFormat<Report extends FailureReport>(
  report: Report,
  place: string,
): Report {
  return Object.defineProperty(report, INSPECT, {
    value: () => formatFailure(report, place),
    enumerable: false,
  });
}

/** {@link https://nodejs.org/api/util.html#utilinspectcustom | util.inspect.custom}, which also exists without Node. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

function formatFailure(
  { error, exchange, isSuppressed = false }: FailureReport,
  place: string,
): string {
  try {
    const what = describe(error);
    const location = error instanceof Error ? findLocation(error) : undefined;
    const { method, uri } = exchange.originalRequest;
    // A query may contain secrets.
    const request = toLine(`${method} ${uri.replace(/\?.*/, "")}`);
    const where = location === undefined ? place : `${place} (${location})`;
    const cause = error instanceof Error ? error.cause : undefined;
    const reason = cause === undefined ? "" : describe(cause, what);
    return [
      what,
      `  in ${where}: ${request}${isSuppressed ? ", which continued" : ""}`,
      ...(reason === "" ? [] : [`  cause: ${reason}`]),
    ].join("\n");
  } catch {
    return `a failure that cannot be read, in ${place}`;
  }
}

/** Name and message of an error on one line. Empty if the message has been shown already. */
function describe(error: unknown, shown = ""): string {
  if (!(error instanceof Error)) return toLine(toText(error));
  const { name, message } = error;
  const text = toLine(message === "" ? name : `${name}: ${message}`);
  const isShown = shown !== "" && shown.includes(toLine(message));
  return isShown ? "" : text;
}

const toText = (value: unknown): string =>
  typeof value === "string" ? value : "a value that is not an Error was thrown";

function toLine(text: string): string {
  const line = text
    .slice(0, MAX_TEXT_LENGTH * 2)
    // eslint-disable-next-line no-control-regex -- a message must not move the cursor of a terminal
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
  return line.length > MAX_TEXT_LENGTH
    ? `${line.slice(0, MAX_TEXT_LENGTH)}…`
    : line;
}
