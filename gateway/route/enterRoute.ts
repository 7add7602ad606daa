import type { Exchange } from "../http/Exchange";
import { RequestError } from "../http/RequestError";
import { summarizeExchange } from "./ExchangeSummary";
import { reportDoneFailure } from "./respondToFailure";
import type { RouteDefinition, Selection } from "./RouteDefinition";

/** Default of `requestIdleTimeoutMs` and `responseIdleTimeoutMs`. */
export const DEFAULT_IDLE_TIMEOUT_MS = 60_000;

/** An exchange on its route. */
export interface Entry extends Selection {
  /** Call it once when everything that ran for the exchange has returned. */
  readonly leave: () => void;
}

/**
 * Begins an exchange: chooses its route, and prepares what happens when it has ended. That is when its connection has ended and nothing
 * runs for it any more: a step that is still running when the client leaves may yet take what its `done` handler releases.
 */
export function enterRoute(
  definition: RouteDefinition,
  exchange: Exchange,
): Entry {
  const { route, problem } = definition.select?.(exchange) ?? {
    route: definition,
  };
  const { lifetime, doneStages } = route;
  const { isClosed } = lifetime;
  exchange.trustedProxies = route.trustedProxies;
  const { maxRequestBytes, requestIdleTimeoutMs } = route.limits;
  const tooLong = exchange.originalRequest.body.limit({
    maxBytes: maxRequestBytes ?? Infinity,
    idleTimeoutMs: requestIdleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
  });
  lifetime.enter();
  let isHalfway = false;
  const leave = (): void => {
    if (!isHalfway) {
      isHalfway = true;
      return;
    }
    if (doneStages.length > 0) runDoneStages(route, exchange);
    lifetime.leave();
  };
  exchange.onEnd(leave);
  return {
    route,
    problem: problem ?? (isClosed ? createClosedError() : tooLong),
    leave,
  };
}

const createClosedError = (): RequestError =>
  new RequestError("the route has been closed", { status: 503 });

/** Runs the `done` handlers of all steps. The failure of one does not affect the others. */
function runDoneStages(route: RouteDefinition, exchange: Exchange): void {
  const summary = summarizeExchange(exchange);
  for (const { step, handle } of route.doneStages) {
    const report = (error: unknown): void => {
      reportDoneFailure(route, { where: step, error, exchange });
    };
    try {
      const returned = handle(exchange, summary);
      if (returned instanceof Promise) returned.catch(report);
    } catch (error) {
      report(error);
    }
  }
}
