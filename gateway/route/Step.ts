import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";
import type { ExchangeSummary } from "./ExchangeSummary";
import type { Verdict } from "./verdict/Verdict";

/** Runs a step in one phase of an exchange. */
export type StepHandler = (exchange: Exchange) => Verdict | Promise<Verdict>;

/** The origin of a route, as a step around it sees it. */
export interface AroundOrigin {
  /** Sends the request to the origin. Resolves when the headers of its response have arrived. */
  readonly call: () => Promise<GatewayResponse>;

  /** Number of the route: the same step can be in several routes, whose origins are not the same. */
  readonly routeId: number;
}

/** Runs around the origin: calls it, or responds itself. */
export type OriginHandler = (
  exchange: Exchange,
  origin: AroundOrigin,
) => Promise<GatewayResponse>;

/** Runs when an exchange has ended. */
export type DoneHandler = (
  exchange: Exchange,
  summary: ExchangeSummary,
) => unknown;

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

  /**
   * Runs around the origin, with the request as all earlier handlers have left it, unless a step has set the origin's response. The `response`
   * handlers of all steps run on the result.
   *
   * @internal
   */
  readonly aroundOrigin?: OriginHandler | undefined;

  /**
   * Runs before the route refuses a request for which no other handler runs, for example because its body is too long or the route has been
   * closed. It can set headers of the response.
   *
   * @internal
   */
  readonly beforeRefusal?: ((exchange: Exchange) => unknown) | undefined;

  /** Runs when the headers of the origin's response have arrived. */
  readonly response?: StepHandler | undefined;

  /** Runs when the headers of the origin's response have arrived, after the `response` handlers of all steps. */
  readonly responseContent?: StepHandler | undefined;

  /**
   * Runs exactly once for each exchange of the route: after the last byte of the response, or after a failure or the client's departure.
   * It also runs if an earlier step responded, so that this step's other handlers did not run. It cannot change anything. Errors that it
   * throws, and rejections, are reported to `onFault`.
   */
  readonly done?: DoneHandler | undefined;

  /**
   * Releases what the step holds, such as connectors. Called when the last open route with this step has been closed and its exchanges
   * have ended. If the step is put in a route again afterwards, it is called again.
   */
  readonly close?: (() => unknown) | undefined;

  /**
   * Whether the step reads the body of requests. Behind a body parser, which has consumed it, the first request is reported, even if it has
   * no body. Defaults to true if the step has a `requestContent` handler, and to false otherwise.
   */
  readonly readsBody?: boolean | undefined;

  /** Whether the step may change the method, URL or target of a request. Such a route needs an `origin`. Defaults to false. */
  readonly reroutes?: boolean | undefined;
}
