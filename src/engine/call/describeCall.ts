import type { Call } from "./Call";
import { toOneLine } from "../text/toOneLine";
import { readStringProperty } from "../text/readStringProperty";

/** What an error says, on one line and without secrets; empty where it says nothing. */
export function errorText(error: Error, { secrets }: Call): string {
  const words = toOneLine(secrets.hide(readStringProperty(error, "message")));
  return words === "UnknownError" ? "" : words;
}

/** What became of the function, as the end of a sentence; nothing where none was to run. */
export function describeExecution({ execution }: Call): string {
  if (execution === "may-have-run")
    return "; the function may have run, and may still be running";
  return execution === "did-not-run" ? "; the function did not run" : "";
}

/** What to do where nobody can tell whether the function ran, or whether what was asked was done. */
export function nextStep({
  execution,
  adviceIfUnknown: inDoubt,
  mayHaveTakenEffect: mayBeDone,
}: Call): string {
  if (execution === "may-have-run")
    return " Look into the function's log before it is sent again, unless running it twice does no harm (idempotent: true).";
  return inDoubt !== undefined && mayBeDone ? ` ${inDoubt}` : "";
}
