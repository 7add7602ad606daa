import type { ServerResponse } from "node:http";
import type { Exchange } from "../../http/Exchange";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { unsendable, type OriginError } from "../../origin/OriginError";
import { respondToFailure } from "../../route/respondToFailure";
import type { RouteDefinition } from "../../route/RouteDefinition";
import { runRequestStages, runRoute } from "../../route/runRoute";
import { capture } from "./capture";
import { passOn } from "./passOn";
import { toExchange, type Arrival, type NodeRequest } from "./toExchange";
import { clientOf, writeBody, writeHead, type Client } from "./write";

/** A request of a Node server, and what the adapter's host does with it. */
export interface Incoming {
  readonly req: NodeRequest;
  readonly res: ServerResponse;
  readonly arrival: Arrival;
  /** Calls the next handler of the host, which responds if the route has no origin. */
  readonly next: () => void;
  /** Called when the route takes over the response, so that the host does not respond as well. */
  readonly take?: () => void;
}

/** Runs a request of a Node server through a route. It never rejects. */
export async function handle(
  route: RouteDefinition,
  incoming: Incoming,
): Promise<void> {
  const { req, res, arrival } = incoming;
  const exchange = toExchange(req, res, arrival);
  const client = clientOf(res);
  const response = await responseOf(route, exchange, incoming);
  if (!response) return;
  if (client.isGone()) {
    response.body.discard();
    return;
  }
  try {
    const sent = sendHead(client, response, (error) =>
      respondToFailure(route, { where: "origin", error, exchange }),
    );
    await writeBody(client, sent);
  } catch {
    // Closing the connection shows the client that the response is incomplete.
    res.destroy();
  }
}

/** Sends the head of the response, or of the fallback if Node refuses it. Returns the response whose head was sent. */
function sendHead(
  client: Client,
  response: GatewayResponse,
  fallback: (error: OriginError) => GatewayResponse,
): GatewayResponse {
  try {
    writeHead(client, response);
    return response;
  } catch (cause) {
    response.body.discard();
    const other = fallback(unsendable(cause));
    writeHead(client, other);
    return other;
  }
}

/** The response to send; `undefined` if the next handler of the host responds directly. */
async function responseOf(
  route: RouteDefinition,
  exchange: Exchange,
  { req, res, next, take }: Incoming,
): Promise<GatewayResponse | undefined> {
  const { origin, responseStages } = route;
  if (origin) {
    take?.();
    return runRoute(route, exchange, origin);
  }
  if (responseStages.length > 0) {
    const response = await runRoute(route, exchange, async () => {
      await passOn(req, exchange);
      return capture(res, next);
    });
    if (exchange.originResponse ?? !exchange.response) take?.();
    return response;
  }
  const response =
    (await runRequestStages(route, exchange)) ?? exchange.originResponse;
  if (response) {
    take?.();
    return response;
  }
  try {
    await passOn(req, exchange);
    next();
    return undefined;
  } catch (error) {
    take?.();
    return respondToFailure(route, { where: "origin", error, exchange });
  }
}
