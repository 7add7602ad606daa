import type { OperationName } from "../http/Route";

/** Which requests a fault meets, and how many of them. */
export interface FaultTarget {
  /** Operation it meets. Absent: any. */
  readonly operation?: OperationName;

  /** Bare name of the function it meets. Absent: any, and operations without a function. */
  readonly functionName?: string;

  /** Requests it meets before it is used up; 1 or more, `Infinity` allowed. Absent: 1. */
  readonly times?: number;
}

/** The connection is reset. */
export interface ResetFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "reset";

  /** Whether the operation is carried out first. A client can't tell the two apart. */
  readonly when: "before-run" | "after-run";
}

/**
 * The operation is carried out; the head of the answer and half of its body go out,
 * then the connection ends. An answer without a body ends within its first line.
 */
export interface TruncateFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "truncate";
}

/** The operation is carried out late. */
export interface DelayFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "delay";

  /** Milliseconds before anything happens; 0 to 3,600,000. */
  readonly ms: number;
}

/** Nothing is ever answered, and nothing is carried out; the connection stays open. */
export interface SilenceFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "silence";
}

/** An error answer instead of the operation. */
export interface StatusFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "status";

  /** HTTP status; 300 to 599. */
  readonly status: number;

  /** Error code, in the service's protocol. Absent: `ServiceException`, `InternalFailure` or `InternalServerError` by service. */
  readonly code?: string;

  /** Message of the error. Absent: `Injected fault.` */
  readonly message?: string;

  /** An HTML page, as a proxy sends it, in place of the service's error. */
  readonly html?: string;
}

/** The service answers that there were too many requests; nothing is carried out. */
export interface ThrottleFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "throttle";

  /** Seconds of the `Retry-After` header. Absent: no such header. */
  readonly retryAfterSeconds?: number;
}

/** The service answers that the session token has expired; nothing is carried out. */
export interface ExpiredTokenFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "expired-token";
}

/** Status 200 with a body that is not of the protocol, and that is no JSON; nothing is carried out. */
export interface GarbageFault extends FaultTarget {
  /** Tells the kinds of faults apart. */
  readonly kind: "garbage";
}

/** A failure that can be asked for, told apart by its `kind`. */
export type Fault =
  | ResetFault
  | TruncateFault
  | DelayFault
  | SilenceFault
  | StatusFault
  | ThrottleFault
  | ExpiredTokenFault
  | GarbageFault;

/** Name of a kind of fault. */
export type FaultKind = Fault["kind"];
