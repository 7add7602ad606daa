import type { ServerResponse } from "node:http";
import type { Exchange } from "../../http/Exchange";
import { DEFAULT_IDLE_TIMEOUT_MS, enterRoute } from "../../route/enterRoute";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { mergeVary } from "../../http/HeaderList";
import { BodyReadError } from "../../http/BodyReadError";
import type { RequestError } from "../../http/RequestError";
import {
  refuse,
  reportFailure,
  respondToFailure,
} from "../../route/respondToFailure";
import type { RouteDefinition } from "../../route/RouteDefinition";
import { runRequestStages, runRoute } from "../../route/runRoute";
import { reportBrokenBody, sendResponse } from "../../route/sendResponse";
import { captureResponse } from "./captureResponse";
import { watchOutflow } from "./watchOutflow";
import { updateNodeRequest } from "./updateNodeRequest";
import { toExchange, type Arrival, type NodeRequest } from "./toExchange";
import { toResponseTarget, writeBody, writeHead } from "./ResponseTarget";

/** A request of a Node server, and what the adapter's host does with it. */
export interface Incoming {
  readonly req: NodeRequest;
  readonly res: ServerResponse;
  readonly arrival: Arrival;
  /** Calls the next handler of the host, which responds if the route has no origin. */
  readonly next: () => void;
  /** The body parser that runs before the route, if it has not been reported yet. */
  readonly bodyParser?: string | undefined;
  /** Called when the route takes over the response, so that the host does not respond as well. */
  readonly take?: () => void;
}

/** Runs a request of a Node server through a route. It never rejects. */
export async function handleRequest(
  definition: RouteDefinition,
  incoming: Incoming,
): Promise<void> {
  const { req, res, arrival } = incoming;
  const { exchange, problem } = toExchange(req, res, arrival);
  const entry = enterRoute(definition, exchange);
  try {
    // The client left while the host ran its own handlers.
    if (exchange.isDisconnected) return;
    await respond(entry.route, exchange, {
      ...incoming,
      problem: problem ?? entry.problem,
    });
  } catch {
    // Closing the connection shows the client that the response is incomplete.
    res.destroy();
  } finally {
    entry.leave();
  }
}

async function respond(
  route: RouteDefinition,
  exchange: Exchange,
  incoming: Incoming & { readonly problem: RequestError | undefined },
): Promise<void> {
  const { res, problem } = incoming;
  reportBodyParser(route, exchange, incoming.bodyParser);
  const client = toResponseTarget(res);
  const response = problem
    ? refuseRequest(route, exchange, { ...incoming, problem })
    : await responseOf(route, exchange, incoming);
  const { responseIdleTimeoutMs: idleTimeoutMs = DEFAULT_IDLE_TIMEOUT_MS } =
    route.limits;
  if (!response) {
    watchOutflow(res, exchange, idleTimeoutMs);
    recordOwnResponse(res, exchange);
    return;
  }
  if (exchange.isDisconnected || client.isGone()) {
    response.body.discard();
    return;
  }
  const send = (head: GatewayResponse): GatewayResponse => {
    writeHead(client, head);
    return head;
  };
  const sent = sendResponse(route, exchange, { response, send });
  const { record } = exchange;
  record.sendHead(sent.status);
  const written = writeBody(client, sent, record.countBytes);
  watchOutflow(res, exchange, idleTimeoutMs);
  try {
    await written;
  } catch (error) {
    reportBrokenBody(route, exchange, error);
    throw error;
  }
}

/** The host's next handler responds directly: its status is known when the response has been closed. */
function recordOwnResponse(res: ServerResponse, { record }: Exchange): void {
  const readStatus = (): void => {
    if (res.headersSent) record.status = res.statusCode;
  };
  // Before the listener that ends the exchange.
  res.prependOnceListener("close", readStatus);
}

/** Reports the steps that can never read a body, unless the request has a body, with which they fail themselves. */
function reportBodyParser(
  route: RouteDefinition,
  exchange: Exchange,
  parser: string | undefined,
): void {
  if (parser === undefined || exchange.originalRequest.body.readError) return;
  for (const where of route.bodyReaders) {
    const error = new BodyReadError(
      `it needs the body of requests, which ${parser} reads before they reach the gateway; mount the route before the parser, or use express.raw`,
    );
    reportFailure(route, { where, error, exchange });
  }
}

/** Refuses a request and closes its connection: what follows on it could be part of the same request. */
function refuseRequest(
  route: RouteDefinition,
  exchange: Exchange,
  { req, res, take, problem }: Incoming & { readonly problem: RequestError },
): GatewayResponse {
  take?.();
  // A body that is too long is discarded first: closing the connection at once could destroy the response on its way to the client.
  if (req.httpVersionMajor === 1 && problem.status !== 413)
    res.shouldKeepAlive = false;
  return refuse(route, exchange, problem);
}

/** The response to send; `undefined` if the next handler of the host responds directly. */
async function responseOf(
  route: RouteDefinition,
  exchange: Exchange,
  { req, res, next, take }: Incoming,
): Promise<GatewayResponse | undefined> {
  const { origin, originStages, responseStages } = route;
  if (origin) {
    take?.();
    return runRoute(route, exchange, origin);
  }
  if (originStages.length + responseStages.length > 0) {
    const response = await runRoute(route, exchange, async () => {
      await updateNodeRequest(req, exchange);
      return captureResponse(res, next);
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
    await updateNodeRequest(req, exchange);
    setHeadersOf(res, exchange);
    next();
    return undefined;
  } catch (error) {
    take?.();
    return respondToFailure(route, { where: "origin", error, exchange });
  }
}

/** Sets the headers that steps have set for whatever responds; the next handler adds its own. */
function setHeadersOf(
  res: ServerResponse,
  { responseHeaders = {} }: Exchange,
): void {
  for (const [name, value] of Object.entries(responseHeaders)) {
    const isVary = name.toLowerCase() === "vary";
    const current = isVary ? res.getHeader(name)?.toString() : undefined;
    // Node keeps a header without values, which the next handler would find set.
    if (value.length === 0 && typeof value !== "string") continue;
    res.setHeader(name, isVary ? mergeVary(current, value) : value);
  }
}
