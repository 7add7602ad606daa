import type { ServerResponse } from "node:http";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { Exchange } from "../../http/Exchange";
import type { Route } from "../../route/Route";
import { unsendable, type OriginError } from "../../origin/OriginError";
import { before, failed, run } from "../../route/run";
import { capture } from "./capture";
import { passOn } from "./passOn";
import { toExchange, type Arrival, type NodeRequest } from "./toExchange";
import { clientOf, writeBody, writeHead, type Client } from "./write";

/** A request of Node's, where it came in, and what comes next. */
export interface Incoming {
  readonly req: NodeRequest;
  readonly res: ServerResponse;
  readonly arrival: Arrival;
  /** Whoever answers where the route has no origin. */
  readonly next: () => void;
  /** Told when the route answers, and the host has nothing more to do. Absent: the host does not ask. */
  readonly take?: () => void;
}

/** Takes a request of Node's through a route. It never throws. */
export async function handle(route: Route, incoming: Incoming): Promise<void> {
  const { req, res, arrival } = incoming;
  const exchange = toExchange(req, res, arrival);
  const client = clientOf(res);
  const response = await answer(route, exchange, incoming);
  if (!response) return;
  if (client.isGone()) {
    response.body.discard();
    return;
  }
  try {
    await writeBody(
      client,
      begun(client, response, (error) =>
        failed(route, exchange, { where: "origin", error }),
      ),
    );
  } catch {
    // What can't be finished is broken off, so that nobody takes it for whole.
    res.destroy();
  }
}

/** The response of which the head is written: the other one, where it has one that cannot be sent. */
function begun(
  client: Client,
  response: GatewayResponse,
  instead: (error: OriginError) => GatewayResponse,
): GatewayResponse {
  try {
    writeHead(client, response);
    return response;
  } catch (cause) {
    response.body.discard();
    const other = instead(unsendable(cause));
    writeHead(client, other);
    return other;
  }
}

/** What the client is answered with. Nothing: the host answers by itself. */
async function answer(
  route: Route,
  exchange: Exchange,
  { req, res, next, take }: Incoming,
): Promise<GatewayResponse | undefined> {
  const { origin, back } = route;
  if (origin) {
    take?.();
    return run(route, exchange, origin);
  }
  if (back.length > 0) {
    const response = await run(route, exchange, async () => {
      await passOn(req, exchange);
      return capture(res, next);
    });
    if (exchange.answer ?? !exchange.response) take?.();
    return response;
  }
  const answered = (await before(route, exchange)) ?? exchange.answer;
  if (answered) {
    take?.();
    return answered;
  }
  try {
    await passOn(req, exchange);
    next();
    return undefined;
  } catch (error) {
    take?.();
    return failed(route, exchange, { where: "origin", error });
  }
}
