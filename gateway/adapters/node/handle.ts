import type { ServerResponse } from "node:http";
import type { Route } from "../../core/Route";
import { before, run } from "../../core/run";
import { capture } from "./capture";
import { passOn } from "./passOn";
import { toExchange, type Arrival, type NodeRequest } from "./toExchange";
import { clientOf, write, type Client } from "./write";

/** A request of Node's, where it came in, and what comes next. */
export interface Incoming {
  readonly req: NodeRequest;
  readonly res: ServerResponse;
  readonly arrival: Arrival;
  /** Whoever answers where the route has no origin. */
  readonly next: () => void;
}

/** Takes a request of Node's through a route. */
export async function handle(route: Route, incoming: Incoming): Promise<void> {
  const { req, res, arrival, next } = incoming;
  const exchange = toExchange(req, res, arrival);
  let client: Client = clientOf(res);
  const { origin, seesResponses } = route;
  const arrived = exchange.request;
  if (origin) return write(client, await run(route, exchange, origin));
  if (!seesResponses) {
    const stopped = await before(route, exchange);
    if (stopped) return write(client, stopped);
    passOn(req, { before: arrived, after: exchange.request });
    next();
    return;
  }
  const response = await run(route, exchange, async () => {
    passOn(req, { before: arrived, after: exchange.request });
    const captured = await capture(res, next);
    ({ client } = captured);
    return captured.response;
  });
  return write(client, response);
}
