/**
 * Everything that can go wrong, as one closed set. Nothing else is thrown across the front door.
 */
import type { InvokeFunctionResponse } from "../domain";

/**
 * Did the function run? The one fact that a caller needs before trying again.
 *
 * `did-not-run`: certainly not; trying again is safe. `ran`: certainly. `may-have-run`: nobody can tell; try again only
 * if running twice does no harm.
 */
export type Execution = "did-not-run" | "ran" | "may-have-run";

/** One rule that was broken. It never holds the value that broke it. */
export interface Issue {
  /** Where, for example `functionName` or `tags[0].key`; empty for the whole. */
  readonly path: string;

  /** Which rule, for example `required`, `unknown` or `isLength`. */
  readonly rule: string;

  /** The rule in words, and what to do. */
  readonly message: string;
}

/** What every error of the set is made of. */
export interface ErrorFacts {
  /** The operation that failed. */
  readonly operation: string;

  /** What happened, to what, and what to do; one line. */
  readonly message: string;

  /** Whether the same call may succeed later. */
  readonly retryable: boolean;

  /** Whether the function ran. Absent: none was to run. */
  readonly execution?: Execution | undefined;

  /** What led to it, without secrets. Absent: nothing did. */
  readonly cause?: unknown;
}

/** What one error of the set is made of: the above, and its own fields. */
export type Facts<Kind extends ConnectorError> = ErrorFacts & {
  readonly [
    Field in keyof Kind as Exclude<Field, keyof ConnectorError>
  ]: object extends Pick<Kind, Field> ? Kind[Field] | undefined : Kind[Field];
};

const BRAND = Symbol.for("aws-lambda-connector.error");

/** What all errors of the set have in common. */
export abstract class ConnectorError extends Error {
  /** The class's name; literal, whatever a minifier does to the class. */
  declare readonly name: AnyConnectorError["name"];

  /** Which error it is; `switch` on it, and the class follows. */
  abstract readonly code: AnyConnectorError["code"];

  /** The operation that failed, for example `InvokeFunction`. */
  readonly operation!: string;

  /** Whether the same call may succeed later. Whether it may be made again is told by {@link execution}. */
  readonly retryable!: boolean;

  /** Whether the function ran. Absent where no function was to run. */
  readonly execution?: Execution;

  /** @param facts - What happened. Absent facts become absent fields. */
  constructor(facts: ErrorFacts) {
    const { message, cause, ...fields } = facts;
    super(message, cause === undefined ? undefined : { cause });
    for (const [field, value] of Object.entries(fields))
      if (value !== undefined) Object.assign(this, { [field]: value });
    Object.defineProperty(this, BRAND, { value: true });
    // Once more, now that the name is known: the trace begins with it.
    Error.captureStackTrace(this, new.target);
  }

  /** Every field but trace and cause. */
  toJSON(): Record<string, unknown> {
    const { name, message } = this;
    const shown: Record<string, unknown> = { name, message };
    return Object.assign(shown, this);
  }
}

/** The caller broke a rule. Nothing was sent. */
export class InvalidInputError extends ConnectorError {
  declare readonly name: "InvalidInputError";

  readonly code = "ERR_INVALID_INPUT";

  /** Every rule that was broken, in the order of the fields. */
  readonly issues!: readonly Issue[];

  constructor(facts: Facts<InvalidInputError>) {
    super(facts);
  }
}

/** There are no keys, the role could not be assumed, or the external id could not be read. */
export class CredentialsError extends ConnectorError {
  declare readonly name: "CredentialsError";

  readonly code = "ERR_CREDENTIALS";

  /** The role that could not be assumed. Absent where no role was asked for. */
  readonly roleArn?: string;

  /** AWS's code, where AWS answered; for example `AccessDenied`. */
  readonly serviceCode?: string;

  constructor(facts: Facts<CredentialsError>) {
    super(facts);
  }
}

/** AWS answered, and refused. */
export class ServiceError extends ConnectorError {
  declare readonly name: "ServiceError";

  readonly code = "ERR_SERVICE";

  /** The HTTP status that AWS sent. */
  readonly httpStatus!: number;

  /** AWS's own code, for example `ResourceNotFoundException`. */
  readonly serviceCode!: string;

  /** AWS's id of the request. Absent: the answer had none. */
  readonly requestId?: string;

  /** How long AWS asks to wait, in ms. Absent: it did not say. */
  readonly retryAfterMs?: number;

  constructor(facts: Facts<ServiceError>) {
    super(facts);
  }
}

/** Nothing usable answered: no such host, no connection, a connection that broke. */
export class TransportError extends ConnectorError {
  declare readonly name: "TransportError";

  readonly code = "ERR_TRANSPORT";
}

/** Our time ran out, or the caller's signal fired. */
export class DeadlineError extends ConnectorError {
  declare readonly name: "DeadlineError";

  readonly code = "ERR_DEADLINE";

  /** Which of the two. */
  readonly reason!: "timeout" | "aborted";

  /** The time that was given, in ms. Absent where the caller's signal fired. */
  readonly timeoutMs?: number;

  constructor(facts: Facts<DeadlineError>) {
    super(facts);
  }
}

/** Lambda worked; the function threw, crashed or ran out of its own time. */
export class FunctionError extends ConnectorError {
  declare readonly name: "FunctionError";

  readonly code = "ERR_FUNCTION";

  /** The whole answer, as it would have been returned with `onFunctionError: "return"`. */
  readonly response!: InvokeFunctionResponse;

  /** The function's own error type, for example `TypeError` or `Sandbox.Timedout`. Absent: it named none. */
  readonly errorType?: string;

  /** The function's own message. Absent: it had none. */
  readonly errorMessage?: string;

  /** The function's own stack trace, a line each. Absent: it gave none. */
  readonly trace?: readonly string[];

  constructor(facts: Facts<FunctionError>) {
    super(facts);
  }
}

/** An answer came that cannot be read, or that breaks the function's contract. */
export class ResponseError extends ConnectorError {
  declare readonly name: "ResponseError";

  readonly code = "ERR_RESPONSE";

  /** Every rule of the contract that was broken. Absent where there was no contract. */
  readonly issues?: readonly Issue[];

  /** AWS's id of the request. Absent: the answer had none. */
  readonly requestId?: string;

  constructor(facts: Facts<ResponseError>) {
    super(facts);
  }
}

/** Any error of the set; `switch` on `code` narrows it to its class. */
export type AnyConnectorError =
  | InvalidInputError
  | CredentialsError
  | ServiceError
  | TransportError
  | DeadlineError
  | FunctionError
  | ResponseError;

// Literal names: a minifier renames classes, and a name given to the prototype is there before the trace is taken.
for (const [name, { prototype }] of Object.entries({
  InvalidInputError,
  CredentialsError,
  ServiceError,
  TransportError,
  DeadlineError,
  FunctionError,
  ResponseError,
}))
  Object.defineProperty(prototype, "name", { value: name });

/**
 * Whether something thrown is an error of this package, from whichever copy of it.
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_FUNCTION") console.log(error.errorType, error.trace);
 *   else throw error;
 * }
 */
export function isConnectorError(thrown: unknown): thrown is AnyConnectorError {
  try {
    return typeof thrown === "object" && thrown !== null && BRAND in thrown;
  } catch {
    // A revoked proxy, for one: whatever it is, it is not ours.
    return false;
  }
}
