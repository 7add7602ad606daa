import { Readable } from "node:stream";
import type { Exchange } from "../http/Exchange";
import { isBodiless } from "../http/framing";
import type { GatewayResponse } from "../http/GatewayResponse";
import { toUnsendableResponseError } from "../origin/OriginError";
import { toBodyFailure } from "./bodyFailure";
import { finishResponse } from "./finishResponse";
import {
  createDefaultResponse,
  reportFailure,
  respondToFailure,
} from "./respondToFailure";
import type { RouteDefinition } from "./RouteDefinition";
import type { RouteFailure } from "./RouteFailure";

/**
 * Passes a response to the host, or if it cannot be sent, the response to that failure. If that was rendered and cannot be sent either, the
 * host receives the default response.
 *
 * @param send - Passes a response to the host. An error that it throws means that the host refuses the response.
 * @throws The error of the host if it refuses the default response as well.
 */
export function sendResponse<Sent>(
  route: RouteDefinition,
  exchange: Exchange,
  {
    response,
    send,
  }: {
    readonly response: GatewayResponse;
    readonly send: (response: GatewayResponse) => Sent;
  },
): Sent {
  const attempt = (given: GatewayResponse): Sent => {
    const { method } = exchange.originalRequest;
    if (!isBodiless(method, given.status)) given.body.claim();
    return send(finishResponse(exchange, given));
  };
  let next = response;
  for (;;)
    try {
      return attempt(next);
    } catch (cause) {
      const failure = toSendFailure(exchange, next, cause);
      next.body.discard();
      const { renderedFault, responder } = exchange.record;
      if (responder === "default") throw cause;
      if (responder === "renderFault" && renderedFault) {
        reportFailure(route, failure);
        next = createDefaultResponse(exchange, renderedFault);
      } else next = respondToFailure(route, failure);
    }
}

/** Reports that the body of a response broke after its head had been sent. The host closes the connection. */
export function reportBrokenBody(
  route: RouteDefinition,
  exchange: Exchange,
  cause: unknown,
): void {
  reportFailure(route, toBodyFailure(exchange, cause));
}

function toSendFailure(
  exchange: Exchange,
  { body }: GatewayResponse,
  cause: unknown,
): RouteFailure {
  const source = body.isUnopened ? undefined : body.source;
  if (source instanceof Readable && source.errored === cause)
    return toBodyFailure(exchange, cause);
  const { responder: where } = exchange.record;
  const error = where === "origin" ? toUnsendableResponseError(cause) : cause;
  return { where, error, exchange };
}
