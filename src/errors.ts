/* eslint-disable max-lines -- one closed set in one file: half of it is code, the other half its reference pages. */
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

  /** Which rule, for example `required`, `unknown` or `isLength`; the list is open. */
  readonly rule: string;

  /** The rule in words, and what to do; one line. */
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

/**
 * What all errors of the set have in common. Catch with {@link isConnectorError}, tell apart by `code`, and look at
 * `execution` before a function is run again.
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
  /** The class's name; literal, whatever a minifier does to the class. */
  declare readonly name: AnyConnectorError["name"];

  /** Which error it is; `switch` on it, and the class follows. */
  abstract readonly code: AnyConnectorError["code"];

  /** The operation that failed, for example `InvokeFunction`. */
  readonly operation!: string;

  /** Whether the same call may succeed later. Whether it may be made again is told by {@link execution}. */
  readonly retryable!: boolean;

  /** Whether the function ran, as far as the wire can tell. Absent where no function was to run. */
  readonly execution?: Execution;

  /**
   * Made by the connector; you catch it.
   *
   * @param facts - What happened. Absent facts become absent fields.
   */
  constructor(facts: ErrorFacts) {
    const { message, cause, ...fields } = facts;
    super(message, cause === undefined ? undefined : { cause });
    for (const [field, value] of Object.entries(fields))
      if (value !== undefined) Object.assign(this, { [field]: value });
    Object.defineProperty(this, BRAND, { value: true });
    // Once more, now that the name is known: the trace begins with it.
    Error.captureStackTrace(this, new.target);
  }

  /** Every field but trace and cause; no secret is among them. */
  toJSON(): Record<string, unknown> {
    const { name, message } = this;
    const shown: Record<string, unknown> = { name, message };
    return Object.assign(shown, this);
  }
}

/**
 * The caller broke a rule. Nothing was sent.
 *
 * Thrown where a request, an option, a connection, a seam or a contract breaks its rules, where no region is named,
 * and by a connector that is closed. Correct what `issues` names: the same call would be refused again.
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_INVALID_INPUT") console.log(error.issues);
 *   else throw error;
 * }
 */
export class InvalidInputError extends ConnectorError {
  declare readonly name: "InvalidInputError";

  readonly code = "ERR_INVALID_INPUT";

  /** Every rule that was broken, in the order of the fields. */
  readonly issues!: readonly Issue[];

  /** Made by the connector; you catch it. */
  constructor(facts: Facts<InvalidInputError>) {
    super(facts);
  }
}

/**
 * There are no keys, the function that gives them threw, IAM Roles Anywhere gave no session, the role could not be assumed, or
 * the external id could not be read.
 *
 * Check the connection's `credentials`, or the role's trust policy and its external id; where `retryable`, call again.
 * `cause` tells why. Keys that AWS refuses are a {@link ServiceError}, unless a role was to be borrowed with them.
 *
 * @example
 * try {
 *   await connector.getDefaultCredentials();
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_CREDENTIALS") console.log(error.message, error.roleArn);
 *   else throw error;
 * }
 */
export class CredentialsError extends ConnectorError {
  declare readonly name: "CredentialsError";

  readonly code = "ERR_CREDENTIALS";

  /** ARN of the role that was to be assumed. Absent where no role was asked for. */
  readonly roleArn?: string;

  /** AWS's own code, for example `AccessDenied`; the list is open. Absent: AWS was not asked, or did not answer. */
  readonly serviceCode?: string;

  /** Made by the connector; you catch it. */
  constructor(facts: Facts<CredentialsError>) {
    super(facts);
  }
}

/**
 * AWS answered, and refused.
 *
 * Thrown for whatever AWS says no to: a function that is not there, a missing permission, too many requests, a failure
 * of AWS's own. `message` says what to do where that is known. Where `retryable`, wait `retryAfterMs` if it is there,
 * and look at `execution` first.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors | Errors of Invoke}
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_SERVICE") console.log(error.httpStatus, error.serviceCode);
 *   else throw error;
 * }
 */
export class ServiceError extends ConnectorError {
  declare readonly name: "ServiceError";

  readonly code = "ERR_SERVICE";

  /** The HTTP status that AWS sent. */
  readonly httpStatus!: number;

  /** AWS's own code, for example `ResourceNotFoundException`; the list is open. `Unknown`: AWS gave none. */
  readonly serviceCode!: string;

  /** AWS's id of the request. Absent: the answer had none. */
  readonly requestId?: string;

  /** How long AWS asks to wait, in ms; whole seconds, as its `Retry-After` says. Absent: it did not say. */
  readonly retryAfterMs?: number;

  /** Made by the connector; you catch it. */
  constructor(facts: Facts<ServiceError>) {
    super(facts);
  }
}

/**
 * Nothing usable answered: no such host, no connection, a connection that broke.
 *
 * Thrown when no whole answer came, or when the call failed before AWS was reached. Check region, endpoint, proxy and
 * network; `cause` holds the system's own error. Look at `execution` before trying again: a connection may break after
 * the function began.
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_TRANSPORT") console.log(error.message, error.execution);
 *   else throw error;
 * }
 */
export class TransportError extends ConnectorError {
  declare readonly name: "TransportError";

  readonly code = "ERR_TRANSPORT";
}

/**
 * Our time ran out, or the caller's signal fired.
 *
 * A function that was running may run on. Give more time with `timeoutMs`, or run a long function as an `Event`; look
 * at `execution` before trying again. A function that ran out of its own time is a {@link FunctionError}.
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" }, { timeoutMs: 500 });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_DEADLINE") console.log(error.reason, error.execution);
 *   else throw error;
 * }
 */
export class DeadlineError extends ConnectorError {
  declare readonly name: "DeadlineError";

  readonly code = "ERR_DEADLINE";

  /** What ended the call: `timeout`, or `aborted` where the caller's signal fired. */
  readonly reason!: "timeout" | "aborted";

  /** The time that was given, in ms. Absent where the caller's signal fired. */
  readonly timeoutMs?: number;

  /** Made by the connector; you catch it. */
  constructor(facts: Facts<DeadlineError>) {
    super(facts);
  }
}

/**
 * Lambda worked; the function threw, crashed or ran out of its own time.
 *
 * The function ran: mend it, or look into its log by `response.requestId`. It is no error but an answer where the
 * request says `onFunctionError: "return"`. What `errorType`, `errorMessage` and `trace` say is the function's own.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html | Function errors}
 *
 * @example
 * try {
 *   await connector.invokeFunction({ functionName: "price" });
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_FUNCTION") console.log(error.errorType, error.trace);
 *   else throw error;
 * }
 */
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

  /** Made by the connector; you catch it. */
  constructor(facts: Facts<FunctionError>) {
    super(facts);
  }
}

/**
 * An answer came that cannot be read, or that breaks the function's contract.
 *
 * Thrown when a portal or a proxy answered in AWS's place, when the function's answer is not JSON, when it breaks the
 * contract's rules, or when a list of pages goes in a circle. Check endpoint and proxy, or correct the function or the
 * contract; look at `execution` before trying again.
 *
 * @example
 * try {
 *   await connector.listFunctions();
 * } catch (error) {
 *   if (isConnectorError(error) && error.code === "ERR_RESPONSE") console.log(error.requestId, error.issues);
 *   else throw error;
 * }
 */
export class ResponseError extends ConnectorError {
  declare readonly name: "ResponseError";

  readonly code = "ERR_RESPONSE";

  /** Every rule of the contract that was broken. Absent where there was no contract. */
  readonly issues?: readonly Issue[];

  /** AWS's id of the request. Absent: the answer had none. */
  readonly requestId?: string;

  /** Made by the connector; you catch it. */
  constructor(facts: Facts<ResponseError>) {
    super(facts);
  }
}

/** Any error of the set; `switch` on `code` narrows it to its class. The set is closed. */
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
 * Whether something thrown is an error of this package, from whichever copy of it. Never throws.
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
