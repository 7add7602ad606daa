import { ERROR_BRAND } from "./errorBrand";
import type { ErrorCode, ErrorName } from "./ErrorCode";
import type { Execution } from "./Execution";

/** What every error is created from. */
export interface ErrorInit {
  /** The operation that failed. */
  readonly operation: string;

  /** The function, as the caller named it. `undefined`: the request names none. */
  readonly functionName?: string | undefined;

  /** What happened, to what, and what to do, on one line. */
  readonly message: string;

  /** Whether the same call may succeed later. */
  readonly retryable: boolean;

  /** Whether the function ran. `undefined`: the operation runs no function. */
  readonly execution?: Execution | undefined;

  /** The original error, without secrets. */
  readonly cause?: unknown;
}

/** What an error of one class is created from: {@link ErrorInit} and the fields of the class. */
export type ErrorInitOf<Kind extends ConnectorError> = ErrorInit & {
  readonly [
    Field in keyof Kind as Exclude<Field, keyof ConnectorError>
  ]: object extends Pick<Kind, Field> ? Kind[Field] | undefined : Kind[Field];
};

/**
 * The base class of all errors. Recognize them with {@link isConnectorError}, distinguish them by `code`, and check
 * `execution` before you run a function again.
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (!isConnectorError(error)) throw error;
 *   const again = error.retryable && error.execution === "did-not-run";
 *   console.log(error.code, error.message, again ? "try again" : "give up");
 * }
 */
export abstract class ConnectorError extends Error {
  /** The name of the class. A minifier does not change it. */
  declare readonly name: ErrorName;

  /** Which error it is. A `switch` on `code` narrows the type to the class. */
  abstract readonly code: ErrorCode;

  /** The operation that failed, for example `InvokeFunction`. */
  readonly operation!: string;

  /** The function, as the caller named it. Not set if the request names none, or is invalid. */
  readonly functionName?: string;

  /** Whether the same call may succeed later. Check {@link execution} to see whether repeating it is safe. */
  readonly retryable!: boolean;

  /** Whether the function ran, as far as the requests sent can tell. Not set if the operation runs no function. */
  readonly execution?: Execution;

  /**
   * Created by the connector.
   *
   * @param init - The error's fields. Fields that are `undefined` are not set.
   */
  constructor(init: ErrorInit) {
    const { message, cause, ...fields } = init;
    super(message, cause === undefined ? undefined : { cause });
    for (const [field, value] of Object.entries(fields))
      if (value !== undefined) Object.assign(this, { [field]: value });
    Object.defineProperty(this, ERROR_BRAND, { value: true });
    // Captured again because the stack trace starts with the name.
    Error.captureStackTrace(this, new.target);
  }

  /** Returns every field except the stack trace and the cause. None of them contains a secret. */
  toJSON(): Record<string, unknown> {
    const { name, message } = this;
    const shown: Record<string, unknown> = { name, message };
    return Object.assign(shown, this);
  }
}

/**
 * Sets a class's name, which Node prints, and that of its prototype: a minifier renames classes, and stack traces are captured in
 * the constructor.
 */
export function setErrorName(
  kind: { readonly prototype: ConnectorError },
  name: ErrorName,
): void {
  Object.defineProperty(kind, "name", { value: name, configurable: true });
  Object.defineProperty(kind.prototype, "name", { value: name });
}
