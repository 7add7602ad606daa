import type { OperationName } from "../protocol/Route";

/** Which requests a fault meets, and how many of them. */
export interface FaultTarget {
  /** Operation it meets, as AWS names it. Absent: any. */
  readonly operation?: OperationName;

  /** Bare name of the function it meets. Absent: any, and operations without a function. */
  readonly functionName?: string;

  /** Requests it meets before it is used up; a whole number from 1, or `Infinity`. Absent: 1. */
  readonly times?: number;
}

/** The connection is reset, and nothing is answered. */
export interface ResetFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "reset";

  /** Whether the operation is carried out first (`after-run`) or not at all. A client can't tell the two apart. */
  readonly when: "before-run" | "after-run";

  /**
   * Frames of a streamed answer that go out first, `after-run` only; a whole number from 0. Absent: the function runs to
   * its end, and no frame goes out.
   */
  readonly frames?: number;
}

/**
 * The operation is carried out; the head of the answer and half of its body go out,
 * then the connection ends. An answer without a body ends within its first line. A
 * streamed answer ends in good order as HTTP has it, and too early as a stream.
 */
export interface TruncateFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "truncate";

  /** Frames of a streamed answer that go out whole; a whole number from 0, the last frame never does. Absent: 1. */
  readonly frames?: number;

  /** Where a streamed answer ends then: with half of the next frame, or without any of it. Absent: `mid-frame`. */
  readonly at?: "mid-frame" | "frame-end";
}

/** The operation is carried out late. */
export interface DelayFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "delay";

  /** Milliseconds before anything happens; 0 to 3,600,000 (an hour). */
  readonly ms: number;
}

/** Nothing is ever answered, and nothing is carried out; the connection stays open. */
export interface SilenceFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "silence";

  /** Frames of a streamed answer that go out before the silence; a whole number from 0. The function runs then. Absent: it does not. */
  readonly frames?: number;
}

/** An error answer instead of the operation. */
export interface StatusFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "status";

  /** HTTP status of the answer; 300 to 599. */
  readonly status: number;

  /**
   * Error code, in the service's protocol. Absent: `ServiceException` (Lambda), `InternalFailure` (STS),
   * `InternalServerError` (Parameter Store) or `InternalServerException` (Roles Anywhere).
   */
  readonly code?: string;

  /** Message of the error. Absent: `Injected fault.` */
  readonly message?: string;

  /** An HTML page, as a proxy sends it, in place of code and message. Absent: the service's own kind of error. */
  readonly html?: string;
}

/** The service answers that there were too many requests; nothing is carried out. */
export interface ThrottleFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "throttle";

  /** Seconds of the `Retry-After` header; a whole number, 0 to 86,400. Absent: no such header. */
  readonly retryAfterSeconds?: number;
}

/** The service answers that the session token has expired; nothing is carried out. */
export interface ExpiredTokenFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "expired-token";
}

/** Status 200 with a body that is not of the protocol, and that is no JSON; nothing is carried out. */
export interface GarbageFault extends FaultTarget {
  /** The kind, which tells faults apart. */
  readonly kind: "garbage";

  /**
   * Frames of a streamed answer that go out before one whose checksum is wrong; a whole number from 0. The function runs
   * then. Absent: it does not.
   */
  readonly frames?: number;
}

/**
 * A failure that can be asked for, told apart by its `kind`.
 *
 * @example
 * local.faults.add({ kind: "status", status: 502, html: "<h1>Bad Gateway</h1>", operation: "AssumeRole" });
 */
export type Fault =
  | ResetFault
  | TruncateFault
  | DelayFault
  | SilenceFault
  | StatusFault
  | ThrottleFault
  | ExpiredTokenFault
  | GarbageFault;

/** A fault that breaks an answer off. */
export type Interruption = Pick<
  ResetFault | TruncateFault | SilenceFault | GarbageFault,
  "kind" | "frames"
> &
  Pick<TruncateFault, "at">;

/** Name of a kind of fault. */
export type FaultKind = Fault["kind"];
