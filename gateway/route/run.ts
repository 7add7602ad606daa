import { STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import {
  changeRequest,
  changeResponse,
  toResponse,
  UnsendableError,
} from "./applyChange";
import type { Exchange } from "../http/Exchange";
import { withoutHops } from "../http/framing";
import type { GatewayResponse } from "../http/GatewayResponse";
import { isValue } from "../http/headerRules";
import { OriginError } from "../origin/OriginError";
import { readVerdict } from "./readVerdict";
import type { Fault, Origin, Route } from "./Route";
import type { Change } from "./Step";
import { tell } from "./tell";

/** Takes an exchange through a route, there and back: what it answers goes to the client. It never throws. */
export async function run(
  route: Route,
  exchange: Exchange,
  origin: Origin,
): Promise<GatewayResponse> {
  const stopped = await before(route, exchange);
  if (stopped) return stopped;
  try {
    if (exchange.isGone) throw new Error("the client has gone away");
    exchange.response = exchange.answer ?? shown(await origin(exchange));
  } catch (error) {
    return failed(route, exchange, { where: "origin", error });
  }
  const response = await after(route, exchange, exchange.response);
  const { source } = response.body;
  if (!(source instanceof Readable)) return response;
  const broken = (cause: unknown): Fault => ({
    where: "origin",
    error: brokenOff(exchange, cause),
    exchange,
  });
  if (source.errored) return failed(route, exchange, broken(source.errored));
  // The head is on its way by then: the host is told, and the client sees an answer that breaks off.
  source.once("error", (cause) => {
    tellOf(route, broken(cause));
  });
  return response;
}

/** An answer as it is shown to steps. A text behind the status that nobody may send is left out. */
function shown(response: GatewayResponse): GatewayResponse {
  const { status, statusText = "", headers, body } = response;
  if (!(status >= 200 && status <= 999)) {
    body.discard();
    throw new OriginError(
      `the origin answered with the status ${status}, which ends no request`,
      { status: 502 },
    );
  }
  const own = withoutHops(headers);
  const isFine = own === headers && isValue(statusText);
  if (isFine) return response;
  return response.with({
    headers: own,
    ...(!isValue(statusText) && { statusText: undefined }),
  });
}

/** The way there: the answer of the step that stopped it, or nothing. */
export async function before(
  route: Route,
  exchange: Exchange,
): Promise<GatewayResponse | undefined> {
  for (const { where, perform } of route.there)
    try {
      const verdict = readVerdict(await perform(exchange));
      if (verdict?.stop) return toResponse(verdict.stop);
      if (verdict?.answer) exchange.answer = toResponse(verdict.answer);
      if (!verdict?.change) continue;
      if (!route.origin) stay(verdict.change);
      exchange.request = changeRequest(exchange.request, verdict.change);
    } catch (error) {
      return failed(route, exchange, { where, error });
    }
  return undefined;
}

/** What the host does next is where it is. */
function stay({ method, url, target }: Change): void {
  if (method ?? url ?? target)
    throw new UnsendableError(
      "a route without an origin of its own can't change verb, URL or target",
    );
}

/** The way back. A response that a step replaces is let go of. */
async function after(
  route: Route,
  exchange: Exchange,
  response: GatewayResponse,
): Promise<GatewayResponse> {
  let now = response;
  for (const { where, perform } of route.back) {
    exchange.response = now;
    try {
      const verdict = readVerdict(await perform(exchange));
      if (verdict?.answer)
        throw new UnsendableError("the origin has answered: stop, or change");
      if (verdict?.change) now = changeResponse(now, verdict.change);
      if (!verdict?.stop) continue;
      const stopped = toResponse(verdict.stop);
      now.body.discard();
      return stopped;
    } catch (error) {
      const { source } = now.body;
      now.body.discard();
      const isBroken = source instanceof Readable && source.errored === error;
      return failed(
        route,
        exchange,
        isBroken
          ? { where: "origin", error: brokenOff(exchange, error) }
          : { where, error },
      );
    }
  }
  return now;
}

function brokenOff({ arrived }: Exchange, cause: unknown): OriginError {
  if (cause instanceof OriginError) return cause;
  const { method, uri } = arrived;
  // A query may hold secrets.
  const where = `${method} ${uri.replace(/\?.*/, "")}`;
  const message = `${where}: the origin broke its answer off`;
  return new OriginError(message, { status: 502, cause });
}

/** Tells the host what went wrong, unless it is that the client has gone away. */
function tellOf(route: Route, fault: Fault): void {
  if (!fault.exchange.isGone) tell(route.tell, fault);
}

/** The host is told what happened, the client nothing but a status. */
export function failed(
  route: Route,
  exchange: Exchange,
  { where, error }: { where: string; error: unknown },
): GatewayResponse {
  tellOf(route, { where, error, exchange });
  const status = error instanceof OriginError ? error.status : 500;
  return toResponse({
    status,
    statusText: STATUS_CODES[status] ?? "",
    headers: { "Content-Type": "text/plain" },
    body: `${STATUS_CODES[status] ?? ""}\n`,
  });
}
