import { STATUS_CODES } from "node:http";
import { BodyMemoryError } from "../http/BodyMemoryError";
import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";
import { RequestError } from "../http/RequestError";
import { OriginError } from "../origin/OriginError";
import { toGatewayResponse } from "./applyChange";
import { callListener } from "./callListener";
import type { RouteDefinition } from "./RouteDefinition";
import type { RouteFailure } from "./RouteFailure";

/** Reports a failure to the host. Returns the response for the client, which contains only the status. */
export function respondToFailure(
  route: RouteDefinition,
  failure: RouteFailure,
): GatewayResponse {
  reportFailure(route, failure);
  const { error } = failure;
  const isOverloaded = error instanceof BodyMemoryError;
  const hasStatus =
    isOverloaded ||
    error instanceof OriginError ||
    error instanceof RequestError;
  const status = hasStatus ? error.status : 500;
  const statusText = STATUS_CODES[status] ?? "";
  return toGatewayResponse({
    status,
    statusText,
    headers: {
      "Content-Type": "text/plain",
      ...(isOverloaded && { "Retry-After": String(error.retryAfterSeconds) }),
    },
    body: `${statusText}\n`,
  });
}

/** Refuses a request before any step runs. */
export const refuse = (
  route: RouteDefinition,
  exchange: Exchange,
  error: RequestError,
): GatewayResponse =>
  respondToFailure(route, { where: "request", error, exchange });

/** Reports a failure to the host, unless the client has disconnected. */
export function reportFailure(
  { onFault }: RouteDefinition,
  failure: RouteFailure,
): void {
  if (!failure.exchange.isDisconnected) callListener(onFault, failure);
}
