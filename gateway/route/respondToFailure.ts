import { STATUS_CODES } from "node:http";
import { BodyMemoryError } from "../http/BodyMemoryError";
import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";
import { RequestError } from "../http/RequestError";
import { OriginError } from "../origin/OriginError";
import { toGatewayResponse } from "./applyChange";
import { reportToHost } from "./reportToHost";
import type { RouteDefinition } from "./RouteDefinition";
import type { RouteFailure } from "./RouteFailure";

/** Reports a failure to the host. Returns the response for the client, which contains only the status. */
export function respondToFailure(
  route: RouteDefinition,
  failure: RouteFailure,
): GatewayResponse {
  reportFailure(route, failure);
  const { status, retryAfterSeconds } = toKnownError(failure.error);
  const statusText = STATUS_CODES[status] ?? "";
  return toGatewayResponse({
    status,
    statusText,
    headers: {
      "Content-Type": "text/plain",
      ...(retryAfterSeconds !== undefined && {
        "Retry-After": String(retryAfterSeconds),
      }),
    },
    body: `${statusText}\n`,
  });
}

/** What the client learns of an error. */
function toKnownError(error: unknown): {
  readonly status: number;
  readonly retryAfterSeconds?: number;
} {
  try {
    const isKnown =
      error instanceof BodyMemoryError ||
      error instanceof OriginError ||
      error instanceof RequestError;
    if (isKnown) return error;
  } catch {
    // A step can throw a proxy, which can throw as well.
  }
  return { status: 500 };
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
  if (failure.exchange.isDisconnected) return;
  const { where } = failure;
  const isStep = where !== "origin" && where !== "request";
  reportToHost(failure, {
    listener: onFault,
    option: "onFault of createRoute",
    place: isStep ? `step ${JSON.stringify(where)}` : `the ${where}`,
  });
}
