import type { AnyConnectorError } from "../../errors";
import { withoutFinalPeriod } from "./toSentence";

/** An error's message in its parts. */
export interface ErrorDescription {
  /** What happened, to what; without the operation's name, and without an end. */
  readonly what: string;
  /** What to do about it. Absent: nothing that is known. */
  readonly advice?: string | undefined;
}

const tellings = new WeakMap<AnyConnectorError, ErrorDescription>();

/** Remembers the parts of an error's message, for who tells them again in his own way. */
export function attachDescription<Told extends AnyConnectorError>(
  error: Told,
  telling: ErrorDescription,
): Told {
  tellings.set(error, telling);
  return error;
}

/** The parts of an error's message; all of it is what happened where nothing else is known. */
export function describeError(error: AnyConnectorError): ErrorDescription {
  const known = tellings.get(error);
  if (known) return known;
  const { operation, message } = error;
  const told = message.startsWith(`${operation}: `)
    ? message.slice(operation.length + 2)
    : message;
  return {
    what: withoutFinalPeriod(told.replace(/;? the function did not run/i, "")),
  };
}

/** The same advice as the beginning of a sentence. */
export function capitalize(advice: string): string {
  return advice.charAt(0).toUpperCase() + advice.slice(1);
}
