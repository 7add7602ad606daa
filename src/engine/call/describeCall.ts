import type { Call } from "./Call";
import { toOneLine } from "../text/toOneLine";
import { errorMessage } from "../text/errorMessage";
import { formatNumber } from "../text/formatNumber";

/** An error's message on one line, without secrets; empty if it has none. */
export function errorText(error: Error, { secrets }: Call): string {
  const message = toOneLine(secrets.hideInError(errorMessage(error)));
  return message === "UnknownError" ? "" : message;
}

/** What to do if it is not known whether the function ran. */
export const ADVICE_IF_MAY_HAVE_RUN =
  "Check the function's log before you send the request again, unless running the function twice is harmless (idempotent: true).";

/** The function that the request names, as part of a sentence; empty if it names none. */
export function describeFunction({ functionName, secrets }: Call): string {
  return functionName === undefined
    ? ""
    : ` for the function ${secrets.hide(functionName)}`;
}

/** Whether the function ran, as the end of a sentence; empty if the operation runs no function. */
export function describeExecution({ execution }: Call): string {
  if (execution === "may-have-run")
    return "; the function may have run, and may still be running";
  if (execution === undefined) return "";
  return execution === "ran"
    ? "; the function ran"
    : "; the function did not run";
}

/**
 * How often the request was sent, and what to do if no time was left for another attempt, or if it is not known whether the
 * function ran or the request took effect. Empty if none of it applies.
 */
export function nextStep(call: Call): string {
  const { timeoutMs, hadNoTimeToRetry, reason, attempts } = call;
  const failed = attempts > 1 ? ` All ${attempts} attempts failed.` : "";
  const noTime =
    hadNoTimeToRetry && reason === undefined
      ? ` No time was left for another attempt within ${formatNumber(timeoutMs)} ms; increase timeoutMs.`
      : "";
  return `${failed}${noTime}${adviceIfNotKnown(call)}`;
}

function adviceIfNotKnown({
  execution,
  adviceIfUnknown,
  mayHaveTakenEffect,
  isRepeatable,
}: Call): string {
  if (execution === "may-have-run")
    return isRepeatable ? "" : ` ${ADVICE_IF_MAY_HAVE_RUN}`;
  return adviceIfUnknown !== undefined && mayHaveTakenEffect
    ? ` ${adviceIfUnknown}`
    : "";
}
