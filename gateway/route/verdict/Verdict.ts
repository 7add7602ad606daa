import type { GatewayResponse } from "../../http/GatewayResponse";
import type { Change } from "./Change";
import type { Refusal } from "./Refusal";
import type { StepResponse } from "./StepResponse";

/**
 * Changes the message and continues with the next step.
 *
 * @category Gateway
 */
export interface ChangeVerdict {
  /** What to change. */
  readonly change: Change;

  /** Not allowed together with `change`. */
  readonly originResponse?: never;

  /** Not allowed together with `change`. */
  readonly respond?: never;

  /** Not allowed together with `change`. */
  readonly refuse?: never;
}

/**
 * Replaces the origin's response: the gateway does not send the request to the origin. The remaining steps still run; those after the
 * origin see this response. If several steps set it, the last one applies. Allowed only before the origin.
 *
 * @category Gateway
 */
export interface OriginResponseVerdict {
  /** The response to use as the origin's. */
  readonly originResponse: StepResponse | GatewayResponse;

  /** Not allowed together with `originResponse`. */
  readonly change?: never;

  /** Not allowed together with `originResponse`. */
  readonly respond?: never;

  /** Not allowed together with `originResponse`. */
  readonly refuse?: never;
}

/**
 * Sends a response to the client immediately. No further step runs, and the origin is not called.
 *
 * @category Gateway
 */
export interface RespondVerdict {
  /** The response to send to the client. */
  readonly respond: StepResponse | GatewayResponse;

  /** Not allowed together with `respond`. */
  readonly change?: never;

  /** Not allowed together with `respond`. */
  readonly originResponse?: never;

  /** Not allowed together with `respond`. */
  readonly refuse?: never;
}

/**
 * Refuses the request: no further step runs, and the origin is not called. The route's `renderFault` makes the response. Unlike an error
 * that a step throws, a refusal is not reported to `onFault`.
 *
 * @category Gateway
 */
export interface RefuseVerdict {
  /** Why the request is refused. */
  readonly refuse: Refusal;

  /** Not allowed together with `refuse`. */
  readonly change?: never;

  /** Not allowed together with `refuse`. */
  readonly originResponse?: never;

  /** Not allowed together with `refuse`. */
  readonly respond?: never;
}

/**
 * What a step returns: `undefined` to continue without a change, `{ change }`, `{ originResponse }`, `{ respond }` or
 * `{ refuse }`.
 *
 * @category Gateway
 */
export type Verdict =
  | undefined
  | ChangeVerdict
  | OriginResponseVerdict
  | RespondVerdict
  | RefuseVerdict;
