import type { OperationName } from "../protocol/Route";

/** Selects the requests that a fault affects. */
export interface FaultTarget {
  /** Operation to affect, by its AWS name. Defaults to any operation. */
  readonly operation?: OperationName | undefined;

  /**
   * Function to affect, by its name without account or region. Defaults to any function and to
   * operations without a function.
   */
  readonly functionName?: string | undefined;

  /** Number of requests to affect; an integer of at least 1, or `Infinity`. Defaults to 1. */
  readonly times?: number | undefined;
}

/** Resets the connection without a response. */
export interface ResetFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "reset";

  /**
   * Whether the operation runs before the reset (`after-run`) or not at all. The client can't tell
   * the difference. Defaults to `after-run`.
   */
  readonly when?: "before-run" | "after-run" | undefined;

  /**
   * Number of frames of a streamed response to send before the reset, with `after-run` only; a
   * an integer of at least 0. By default, the function runs to its end and no frame is sent.
   */
  readonly frames?: number | undefined;
}

/**
 * Runs the operation, sends the headers and half of the body, and ends the connection. A response
 * without a body ends within its first line. A streamed response ends correctly for HTTP, but is
 * incomplete as an event stream.
 */
export interface TruncateFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "truncate";

  /**
   * Number of frames of a streamed response to send completely; an integer of at least 0. The last
   * frame is never sent. Defaults to 1.
   */
  readonly frames?: number | undefined;

  /**
   * Where a streamed response ends: after half of the next frame, or before it. Defaults to
   * `mid-frame`.
   */
  readonly at?: "mid-frame" | "frame-end" | undefined;
}

/** Runs the operation after a delay. */
export interface DelayFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "delay";

  /** Delay in milliseconds; 0 to 3,600,000 (one hour). */
  readonly ms: number;
}

/** Sends no response and does not run the operation. The connection stays open. */
export interface SilenceFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "silence";

  /**
   * Number of frames of a streamed response to send first; an integer of at least 0. If set, the
   * function runs.
   */
  readonly frames?: number | undefined;
}

/** Responds with an error and does not run the operation. */
export interface StatusFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "status";

  /** HTTP status; 300 to 599. */
  readonly status: number;

  /**
   * Error code in the service's protocol. Defaults to `ServiceException` (Lambda),
   * `InternalFailure` (STS), `InternalServerError` (Parameter Store) or `InternalServerException`
   * (Roles Anywhere).
   */
  readonly code?: string | undefined;

  /** Error message. Defaults to `Injected fault.` */
  readonly message?: string | undefined;

  /** An HTML page, as a proxy would send it, instead of `code` and `message`. */
  readonly html?: string | undefined;
}

/** Responds with the service's throttling error and does not run the operation. */
export interface ThrottleFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "throttle";

  /**
   * Value of the `Retry-After` header in seconds; an integer from 0 to 86,400. No such header by
   * default.
   */
  readonly retryAfterSeconds?: number | undefined;
}

/** Responds that the session token has expired and does not run the operation. */
export interface ExpiredTokenFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "expired-token";
}

/**
 * Responds with status 200 and a body that is neither JSON nor valid in the protocol. Does not run
 * the operation.
 */
export interface GarbageFault extends FaultTarget {
  /** Discriminates the kinds of faults. */
  readonly kind: "garbage";

  /**
   * Number of frames of a streamed response to send before one with an invalid checksum; a whole
   * number from 0. If set, the function runs.
   */
  readonly frames?: number | undefined;
}

/**
 * A failure to inject, discriminated by its `kind`.
 *
 * @example
 * local.faults.add({
 *   kind: "status",
 *   status: 502,
 *   html: "<h1>Bad Gateway</h1>",
 *   operation: "AssumeRole",
 * });
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

/** A fault that interrupts a response. */
export type Interruption = Pick<
  ResetFault | TruncateFault | SilenceFault | GarbageFault,
  "kind" | "frames"
> &
  Pick<TruncateFault, "at">;

/** Kind of a fault. */
export type FaultKind = Fault["kind"];
