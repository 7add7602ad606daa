import type { AnyConnectorError } from "../../errors";
import { removeFinalPeriod } from "./toSentence";

/** The parts of an error's message. */
export interface ErrorDescription {
  /** What happened, without the operation's name and without a final period. */
  readonly what: string;
  /** What to do about it, without a final period. `undefined`: there is no specific advice. */
  readonly advice?: string | undefined;
}

/** Not enumerable: it appears neither in JSON nor when the error is inspected. */
const DESCRIPTION = Symbol("description");

type DescribedError = AnyConnectorError & {
  readonly [DESCRIPTION]?: ErrorDescription;
};

/** Attaches the parts of an error's message, so that they can be used in another error's message. */
export function attachDescription<Kind extends AnyConnectorError>(
  error: Kind,
  description: ErrorDescription,
): Kind {
  return Object.defineProperty(error, DESCRIPTION, { value: description });
}

/** The parts of an error's message. If none are attached, the whole message is what happened. */
export function describeError(error: AnyConnectorError): ErrorDescription {
  const attached = (error as DescribedError)[DESCRIPTION];
  if (attached) return attached;
  const { operation, message } = error;
  const what = message.startsWith(`${operation}: `)
    ? message.slice(operation.length + 2)
    : message;
  return {
    what: removeFinalPeriod(what.replace(/;? the function did not run/i, "")),
  };
}

/** Attaches the parts of an error's message to its copy. */
export function copyDescription(
  error: AnyConnectorError,
  copy: AnyConnectorError,
): AnyConnectorError {
  const attached = (error as DescribedError)[DESCRIPTION];
  return attached ? attachDescription(copy, attached) : copy;
}
