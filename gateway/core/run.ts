import { STATUS_CODES } from "node:http";
import { changeRequest, changeResponse, toResponse } from "./applyChange";
import type { Exchange } from "./Exchange";
import type { GatewayResponse } from "./GatewayResponse";
import { OriginError } from "./originAt";
import type { Origin, Route } from "./Route";

/** Takes an exchange through a route, there and back: what it answers goes to the client. It never throws. */
export async function run(
  route: Route,
  exchange: Exchange,
  origin: Origin,
): Promise<GatewayResponse> {
  const stopped = await before(route, exchange);
  if (stopped) return stopped;
  try {
    exchange.response = await origin(exchange);
  } catch (error) {
    return failed(route, exchange, { where: "origin", error });
  }
  return after(route, exchange, exchange.response);
}

/** The way there: the answer of the step that stopped it, or nothing. */
export async function before(
  route: Route,
  exchange: Exchange,
): Promise<GatewayResponse | undefined> {
  for (const { name, request } of route.steps) {
    if (!request) continue;
    try {
      const verdict = await request(exchange);
      if (verdict?.stop) return toResponse(verdict.stop);
      if (verdict?.change)
        exchange.request = changeRequest(exchange.request, verdict.change);
    } catch (error) {
      return failed(route, exchange, { where: name, error });
    }
  }
  return undefined;
}

/** The way back. A response that a step replaces is let go of. */
async function after(
  route: Route,
  exchange: Exchange,
  response: GatewayResponse,
): Promise<GatewayResponse> {
  let now = response;
  for (const { name, response: phase } of route.steps) {
    if (!phase) continue;
    exchange.response = now;
    try {
      const verdict = await phase(exchange);
      if (verdict?.change) now = changeResponse(now, verdict.change);
      if (!verdict?.stop) continue;
      const stopped = toResponse(verdict.stop);
      now.body.discard();
      return stopped;
    } catch (error) {
      now.body.discard();
      return failed(route, exchange, { where: name, error });
    }
  }
  return now;
}

/** The host is told what happened, the client nothing but a status. */
function failed(
  { tell }: Route,
  exchange: Exchange,
  { where, error }: { where: string; error: unknown },
): GatewayResponse {
  if (!exchange.isGone) tell({ where, error, exchange });
  const status = error instanceof OriginError ? error.status : 500;
  return toResponse({
    status,
    headers: { "Content-Type": "text/plain" },
    body: `${STATUS_CODES[status] ?? ""}\n`,
  });
}
