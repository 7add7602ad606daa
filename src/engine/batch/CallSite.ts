import type { AnyConnectorError } from "../../errors";
import { captureFrames } from "../../errors/captureFrames";

/** A function of this package that the caller has called. */
type Entry = (...args: never) => unknown;

/**
 * The stack frames of the code that started a batch. They are captured once, and only formatted if an invocation fails: the
 * invocations themselves start in events of the batch, where the caller is no longer on the stack.
 */
export class CallSite {
  readonly #captured: { readonly stack?: string } = {};

  /** @param entry - The frames start with the caller of this function. */
  constructor(entry: Entry) {
    Error.captureStackTrace(this.#captured, entry);
  }

  /** Replaces the stack frames of an error, and returns it. */
  attachTo(error: AnyConnectorError): AnyConnectorError {
    const { stack = "" } = this.#captured;
    const start = stack.indexOf("\n    at ");
    const frames = start === -1 ? "" : stack.slice(start);
    captureFrames(error, "node-do-not-add-exception-line");
    // An assignment would also remove the captured line.
    delete error.stack;
    return Object.defineProperty(error, "stack", {
      value: `${error.name}: ${error.message}${frames}`,
      configurable: true,
      writable: true,
    });
  }
}
