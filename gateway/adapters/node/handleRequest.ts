import type { ServerResponse } from "node:http";
import type { Exchange } from "../../http/Exchange";
import { DEFAULT_IDLE_TIMEOUT_MS, enterRoute } from "../../route/enterRoute";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { mergeVary } from "../../http/HeaderList";
import { BodyReadError } from "../../http/BodyReadError";
import { RequestError } from "../../http/RequestError";
import {
  refuse,
  reportFailure,
  respondToFailure,
} from "../../route/respondToFailure";
import type { RouteDefinition } from "../../route/RouteDefinition";
import { findBodyFailure, throwBodyFailure } from "../../route/bodyFailure";
import { runRequestStages, runRoute } from "../../route/runRoute";
import { deliver } from "./deliver";
import { captureResponse, toHeaderLines } from "./captureResponse";
import { onBodyFailure } from "./failRequest";
import { takeOver } from "./takeOver";
import { watchOutflow } from "./watchOutflow";
import { updateNodeRequest } from "./updateNodeRequest";
import { toExchange, type Arrival, type NodeRequest } from "./toExchange";
import { toResponseTarget, type ResponseTarget } from "./ResponseTarget";

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
  /** Reads the headers that earlier handlers have set, as name, value, name, value, if the host keeps them outside of `res`. */
  readonly readHeaders?: () => string[];
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
  const { res } = incoming;
  reportBodyParser(route, exchange, incoming.bodyParser);
  reportParsedBody(route, exchange);
  const client = toResponseTarget(res);
  const problem = incoming.problem ?? (await findEarlyProblem(route, exchange));
  const response = problem
    ? await refuseRequest(route, exchange, { ...incoming, problem })
    : await responseOf(route, exchange, { ...incoming, client });
  const { responseIdleTimeoutMs: idleTimeoutMs = DEFAULT_IDLE_TIMEOUT_MS } =
    route.limits;
  if (!response) {
    watchOutflow(res, exchange, idleTimeoutMs);
    recordOwnResponse(res, exchange);
    return;
  }
  const written = deliver(route, exchange, { res, client, response });
  watchOutflow(res, exchange, idleTimeoutMs);
  await written;
}

/** The host's next handler responds directly: its status is known when the response has been closed. */
function recordOwnResponse(res: ServerResponse, { record }: Exchange): void {
  const readStatus = (): void => {
    if (res.headersSent) record.status ??= res.statusCode;
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

/**
 * Waits for the part of a body that has arrived with the head, which Node parses in the same turn. Returns why it is refused. Only a limited
 * body of unknown length has to wait.
 */
async function findEarlyProblem(
  { limits }: RouteDefinition,
  exchange: Exchange,
): Promise<RequestError | undefined> {
  const { body } = exchange.originalRequest;
  if (limits.maxRequestBytes === undefined) return undefined;
  if (body.length !== undefined || body.readError) return undefined;
  await new Promise(setImmediate);
  return findBodyFailure(exchange);
}

/** Reports that a body is not limited because its length is unknown: something before the gateway has read it. */
function reportParsedBody(route: RouteDefinition, exchange: Exchange): void {
  const { readError, length } = exchange.originalRequest.body;
  if (!readError || length !== undefined) return;
  if (route.limits.maxRequestBytes === undefined) return;
  const error = new BodyReadError(
    "maxRequestBytes cannot limit the body of the request, because it has no Content-Length and was read before it reached the gateway; mount the route before body parsers",
  );
  reportFailure(route, { where: "request", error, exchange });
}

/** Refuses a request and closes its connection: what follows on it could be part of the same request. */
function refuseRequest(
  route: RouteDefinition,
  exchange: Exchange,
  { req, res, take, problem }: Incoming & { readonly problem: RequestError },
): Promise<GatewayResponse> {
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
  incoming: Incoming & { readonly client: ResponseTarget },
): Promise<GatewayResponse | undefined> {
  const { req, res, next, take } = incoming;
  const { origin, originStages, responseStages } = route;
  if (origin) {
    take?.();
    return runRoute(route, exchange, origin);
  }
  if (originStages.length + responseStages.length > 0) {
    exchange.record.readHostHeaders =
      incoming.readHeaders ?? (() => toHeaderLines(res));
    const response = await runRoute(route, exchange, async () => {
      await updateNodeRequest(req, exchange);
      throwBodyFailure(exchange);
      return captureResponse(res, next);
    });
    if (exchange.originResponse ?? !exchange.response) take?.();
    return response;
  }
  const response =
    (await runRequestStages(route, exchange)) ?? exchange.originResponse;
  if (response) take?.();
  return response ?? callNext(route, exchange, incoming);
}

/** Calls the next handler of the host. Resolves with a response if it cannot be called. */
async function callNext(
  route: RouteDefinition,
  exchange: Exchange,
  incoming: Incoming & { readonly client: ResponseTarget },
): Promise<GatewayResponse | undefined> {
  const { req, res, next, take } = incoming;
  try {
    await updateNodeRequest(req, exchange);
    throwBodyFailure(exchange);
    setHeadersOf(res, exchange);
    onBodyFailure(req, (error) => {
      takeOver(route, exchange, { ...incoming, error });
    });
    next();
    return undefined;
  } catch (error) {
    take?.();
    const where = error instanceof RequestError ? "request" : "origin";
    return respondToFailure(route, { where, error, exchange });
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
