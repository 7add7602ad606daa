import * as http from "node:http";
import * as https from "node:https";
import { Body, pour } from "./Body";
import type { Exchange } from "./Exchange";
import { GatewayResponse } from "./GatewayResponse";
import { HeaderList } from "./HeaderList";
import type { GatewayRequest } from "./GatewayRequest";
import { headersTo } from "./headersTo";
import { OriginError } from "./OriginError";
import type { OriginOptions } from "./originAt";
import { StaleSocketError } from "./StaleSocketError";

const TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 3_000;

/** One request to an origin. */
export interface Errand {
  readonly exchange: Exchange;
  readonly to: URL;
  readonly agent: http.Agent;
  /** Path and query. */
  readonly path: string;
  readonly options: OriginOptions;
}

/** Sends a request to an origin, and answers with the head of what comes back; the body follows. */
export function ask(errand: Errand): Promise<GatewayResponse> {
  const { exchange, to, options } = errand;
  const { request } = exchange;
  if (request.body.lost) return Promise.reject(request.body.lost);
  const where = `${request.method} ${to.origin}`;
  return new Promise((resolve, reject) => {
    const wire = open(errand);
    const giveUp = (): void => {
      wire.destroy();
    };
    const fail = (error: OriginError): void => {
      settle();
      stay();
      reject(error);
      wire.destroy();
    };
    const settle = watch(wire, { request, options }, (what, ms) => {
      const message = `${where}: ${what} after ${ms.toLocaleString("en")} ms`;
      fail(new OriginError(message, { status: 504 }));
    });
    const stay = exchange.whenGone(giveUp);
    wire.on("information", ({ statusCode, rawHeaders }) => {
      exchange.inform?.(statusCode, rawHeaders);
    });
    wire.on("error", (cause: NodeJS.ErrnoException) => {
      const isStale = wire.reusedSocket && CLOSED.has(cause.code ?? "");
      const Kind = isStale ? StaleSocketError : OriginError;
      fail(new Kind(`${where}: ${cause.message}`, { status: 502, cause }));
    });
    // A protocol that nobody asked for ends the connection without a word.
    wire.once("close", () => {
      fail(new OriginError(`${where}: no answer`, { status: 502 }));
    });
    wire.once("response", (incoming) => {
      settle();
      incoming.once("close", stay);
      resolve(toGatewayResponse(incoming, request.method));
    });
    // What breaks off there is told by the wire itself; an answer may come before the body is through.
    pour(request.body, wire).catch(giveUp);
  });
}

/** How a connection that the other side has closed makes itself known. */
const CLOSED = new Set(["ECONNRESET", "EPIPE"]);

function open({
  exchange,
  to,
  agent,
  path,
  options,
}: Errand): http.ClientRequest {
  const { request } = exchange;
  return (to.protocol === "https:" ? https : http).request({
    agent,
    host: to.hostname.replace(/^\[|\]$/g, ""),
    port: to.port,
    method: request.method,
    path,
    headers: headersTo(to, request, options) as string[] &
      http.OutgoingHttpHeaders,
  });
}

/** Watches the time that an origin takes; what it answers ends the watch. */
function watch(
  wire: http.ClientRequest,
  { request, options }: { request: GatewayRequest; options: OriginOptions },
  tell: (what: string, ms: number) => void,
): () => void {
  const { timeoutMs = TIMEOUT_MS, connectTimeoutMs = CONNECT_TIMEOUT_MS } =
    options;
  const timer = setTimeout(() => {
    // While the client takes its time over the request, nobody waits for the origin.
    if (!wire.writableEnded && !wire.writableNeedDrain) timer.refresh();
    else tell("no answer", timeoutMs);
  }, timeoutMs);
  const { source } = request.body;
  const refresh = (): void => {
    timer.refresh();
  };
  if (source && "pipe" in source) source.on("data", refresh);
  wire.once("finish", refresh);
  let connecting: NodeJS.Timeout | undefined;
  wire.once("socket", (socket) => {
    if (!socket.connecting) return;
    connecting = setTimeout(() => {
      tell("no connection", connectTimeoutMs);
    }, connectTimeoutMs);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", () => {
      clearTimeout(connecting);
    });
  });
  return () => {
    clearTimeout(timer);
    clearTimeout(connecting);
    wire.off("finish", refresh);
    if (source && "pipe" in source) source.off("data", refresh);
  };
}

function toGatewayResponse(
  incoming: http.IncomingMessage,
  method: string,
): GatewayResponse {
  const { statusCode = 502, statusMessage, rawHeaders } = incoming;
  const isBare = method === "HEAD" || statusCode === 204 || statusCode === 304;
  if (isBare) incoming.resume();
  const headers = new HeaderList(rawHeaders);
  const length = headers.get("content-length");
  return new GatewayResponse({
    status: statusCode,
    statusText: statusMessage,
    headers,
    body: isBare
      ? new Body()
      : new Body(incoming, {
          length: length === undefined ? undefined : Number(length),
          trailers: () => incoming.rawTrailers,
        }),
  });
}
