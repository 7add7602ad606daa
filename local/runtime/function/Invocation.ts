/** One invocation of a function. */
export interface Invocation {
  /** Request ID of the invocation, a UUID. */
  readonly requestId: string;

  /** JSON for the handler. If empty, the handler gets an empty object. */
  readonly payload: Uint8Array;

  /** ARN that the caller used. */
  readonly invokedArn: string;

  /** Decoded client context, if the caller sent one. */
  readonly clientContext?: unknown;

  /** Tenant of the invocation, if the caller named one. */
  readonly tenantId?: string;
}

/** Outcome of an invocation. */
export interface InvocationOutcome {
  /**
   * Response payload: JSON of the result or error, or the handler's raw bytes. Empty if everything
   * was streamed.
   */
  readonly payload: Uint8Array;

  /** `Unhandled` if the function failed. */
  readonly functionError?: "Unhandled";

  /** Complete log of this invocation: START, output, END and REPORT lines. */
  readonly log: string;
}

/** An invocation as it is sent to a worker. */
export interface TimedInvocation extends Invocation {
  /** Deadline in epoch milliseconds. */
  readonly deadlineMs: number;
}
