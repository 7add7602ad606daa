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

/** Exchanges of all routes that have begun and not ended. */
let exchanges = 0;

/** Number of exchanges of all routes of this process that have begun and not ended. */
export const countExchanges = (): number => exchanges;

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
  const isClosed = route.lifetimes.some((lifetime) => lifetime.isClosed);
  exchange.trustedProxies = route.trustedProxies;
  const { maxRequestBytes, requestIdleTimeoutMs } = route.limits;
  const tooLong = exchange.originalRequest.body.limit({
    maxBytes: maxRequestBytes ?? Infinity,
    idleTimeoutMs: requestIdleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
  });
  exchanges++;
  for (const lifetime of route.lifetimes) lifetime.enter();
  let isHalfway = false;
  const leave = (): void => {
    if (isHalfway) void end(isClosed ? [] : route.doneStages, route, exchange);
    isHalfway = true;
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

/**
 * Runs the `done` handlers, and leaves the route when they have finished. The failure of one does not affect the others. The steps of a
 * closed route have been closed as well, so theirs do not run.
 */
async function end(
  stages: RouteDefinition["doneStages"],
  route: RouteDefinition,
  exchange: Exchange,
): Promise<void> {
  exchanges--;
  const running: Promise<void>[] = [];
  const summary = stages.length > 0 ? summarizeExchange(exchange) : undefined;
  for (const { step, handle } of stages) {
    const report = (error: unknown): void => {
      reportDoneFailure(route, { where: step, error, exchange });
    };
    try {
      const returned = summary && handle(exchange, summary);
      if (returned instanceof Promise)
        running.push(returned.then(() => undefined, report));
    } catch (error) {
      report(error);
    }
  }
  if (running.length > 0) await Promise.all(running);
  for (const lifetime of route.lifetimes) lifetime.leave();
}
