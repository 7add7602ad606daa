import { BodyLengthError } from "../http/body/BodyMeter";
import type { Exchange } from "../http/Exchange";
import { RequestError } from "../http/RequestError";
import { OriginError } from "../origin/OriginError";
import type { RouteFailure } from "./RouteFailure";

/** Why the body of the request has exceeded a limit. Bytes that arrive with the head do so after the first step. */
export function findBodyFailure({
  originalRequest,
}: Exchange): RequestError | undefined {
  const { readError } = originalRequest.body;
  return readError instanceof RequestError ? readError : undefined;
}

/** Throws if the body of the request has exceeded a limit already. */
export function throwBodyFailure(exchange: Exchange): void {
  const error = findBodyFailure(exchange);
  if (error) throw error;
}

/** The failure of a response whose body broke, with the step or origin that made the response. */
export function toBodyFailure(
  exchange: Exchange,
  cause: unknown,
): RouteFailure {
  const { responder: where } = exchange.record;
  const error = where === "origin" ? toOriginError(exchange, cause) : cause;
  return { where, error, exchange };
}

function toOriginError(
  { originalRequest: arrived }: Exchange,
  cause: unknown,
): OriginError {
  if (cause instanceof OriginError) return cause;
  const { method, uri } = arrived;
  // A query may contain secrets.
  const path = uri.replace(/\?.*/, "");
  const what =
    cause instanceof BodyLengthError || cause instanceof TypeError
      ? cause.message
      : "the origin closed the connection before its response was complete";
  return new OriginError(`${method} ${path}: ${what}`, { status: 502, cause });
}
