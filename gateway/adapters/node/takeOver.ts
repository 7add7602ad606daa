import type { ServerResponse } from "node:http";
import type { Exchange } from "../../http/Exchange";
import type { RequestError } from "../../http/RequestError";
import { reportFailure, respondToFailure } from "../../route/respondToFailure";
import type { RouteDefinition } from "../../route/RouteDefinition";
import { deliver } from "./deliver";
import { muteWrites } from "./muteResponse";
import type { ResponseTarget } from "./ResponseTarget";
import { responseStreamOf } from "./responseStream";

/** Time for the rest of a response that a handler has begun although the body of the request has failed, in milliseconds. */
const MAX_REST_MS = 5_000;

/** Responds to a request whose body exceeds a limit while the host's next handler reads it, unless the handler has begun its response. */
export function takeOver(
  route: RouteDefinition,
  exchange: Exchange,
  {
    res,
    take,
    client,
    error,
  }: {
    readonly res: ServerResponse;
    readonly take?: (() => void) | undefined;
    readonly client: ResponseTarget;
    readonly error: RequestError;
  },
): void {
  const failure = { where: "request", error, exchange };
  if (res.headersSent) {
    reportFailure(route, failure);
    closeLate(res);
    return;
  }
  take?.();
  const response = respondToFailure(route, failure);
  muteWrites(res);
  deliver(route, exchange, { res, client, response }).catch(() =>
    res.destroy(),
  );
}

/** Closes the connection of a response that has begun, if the response does not end. */
function closeLate(res: ServerResponse): void {
  if (res.writableEnded) return;
  const stream = responseStreamOf(res);
  const timer = setTimeout(() => stream.destroy(), MAX_REST_MS);
  timer.unref();
  stream.once("close", () => {
    clearTimeout(timer);
  });
}
