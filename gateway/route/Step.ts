import type { Exchange } from "../http/Exchange";
import type { Verdict } from "./Verdict";

/** Runs a step in one phase of an exchange. */
export type StepHandler = (exchange: Exchange) => Verdict | Promise<Verdict>;

/**
 * A step of a route. It handles the request, the response, or both. Steps are independent of each other.
 *
 * @example
 * const closed: Step = {
 *   name: "closed at night",
 *   request: () =>
 *     new Date().getHours() < 6
 *       ? { respond: { status: 503, body: "come back at six" } }
 *       : undefined,
 * };
 *
 * @category Gateway
 */
export interface Step {
  /** Name of the step in failure reports. */
  readonly name: string;

  /** Runs before the request goes to the origin. */
  readonly request?: StepHandler | undefined;

  /** Runs before the request goes to the origin, after the `request` handlers of all steps. */
  readonly requestContent?: StepHandler | undefined;

  /** Runs when the headers of the origin's response have arrived. */
  readonly response?: StepHandler | undefined;

  /** Runs when the headers of the origin's response have arrived, after the `response` handlers of all steps. */
  readonly responseContent?: StepHandler | undefined;

  /**
   * Whether the step reads the body of requests. Behind a body parser, which has consumed it, the first request is reported, even if it has
   * no body. Defaults to true if the step has a `requestContent` handler, and to false otherwise.
   */
  readonly readsBody?: boolean | undefined;

  /** Whether the step may change the method, URL or target of a request. Such a route needs an `origin`. Defaults to false. */
  readonly reroutes?: boolean | undefined;
}
