import { Readable } from "node:stream";
import { Body } from "../../http/Body";
import type { Exchange } from "../../http/Exchange";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { DEFAULT_IDLE_TIMEOUT_MS } from "../../route/enterRoute";
import type { RouteDefinition } from "../../route/RouteDefinition";
import { reportBrokenBody, sendResponse } from "../../route/sendResponse";
import { hasNoFetchBody, toResponse } from "./toResponse";
import type { StreamEnd } from "./toWebStream";

/**
 * Converts a response. It ends the exchange when it belongs to the host: bytes at once, and a stream when it ends. If Fetch cannot represent
 * it, the response to that failure is converted instead.
 */
export function sendToHost(
  route: RouteDefinition,
  exchange: Exchange,
  response: GatewayResponse,
): Response {
  const { method } = exchange.native as Request;
  const { responseIdleTimeoutMs: idleTimeoutMs = DEFAULT_IDLE_TIMEOUT_MS } =
    route.limits;
  if (exchange.isDisconnected) {
    response.body.discard();
    return toResponse(response.with({ body: new Body() }), { method });
  }
  const send = (given: GatewayResponse): Response => {
    const { record } = exchange;
    record.sendHead(given.status);
    let isSent = false;
    const converted = toResponse(given, {
      method,
      idleTimeoutMs,
      onBytes: record.countBytes,
      onEnd: (end) => {
        // A response that Fetch cannot represent is replaced.
        if (isSent) endExchange(route, exchange, end);
      },
    });
    isSent = true;
    const { body, status } = given;
    if (hasNoFetchBody(method, status) || !(body.source instanceof Readable))
      exchange.end();
    else
      exchange.onEnd(() => {
        body.discard();
      });
    return converted;
  };
  return sendResponse(route, exchange, { response, send });
}

/** Ends an exchange when the stream of its response has ended. */
function endExchange(
  route: RouteDefinition,
  exchange: Exchange,
  end: StreamEnd,
): void {
  if (end.kind === "failed") reportBrokenBody(route, exchange, end.error);
  if (end.kind !== "complete") exchange.disconnect();
  exchange.end();
}
