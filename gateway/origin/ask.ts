import * as http from "node:http";
import * as https from "node:https";
import { Body, pour } from "../http/Body";
import type { Exchange } from "../http/Exchange";
import { GatewayResponse } from "../http/GatewayResponse";
import { HeaderList } from "../http/HeaderList";
import { headersTo } from "./headersTo";
import { OriginError } from "./OriginError";
import type { OriginOptions } from "./OriginOptions";
import { StaleSocketError } from "./StaleSocketError";
import { watchBody, watchHead } from "./watch";

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
export async function ask(errand: Errand): Promise<GatewayResponse> {
  const { exchange, options } = errand;
  const { request } = exchange;
  if (request.body.lost) throw request.body.lost;
  const incoming = await headOf(errand);
  const response = toGatewayResponse(incoming, request.method);
  watchBody(incoming, options, (what, ms) => {
    incoming.destroy(late(errand, what, ms));
  });
  return response;
}

const whereOf = ({ exchange, to }: Errand): string =>
  `${exchange.request.method} ${to.origin}`;

function late(errand: Errand, what: string, ms: number): OriginError {
  const message = `${whereOf(errand)}: ${what} after ${ms.toLocaleString("en")} ms`;
  return new OriginError(message, { status: 504 });
}

function headOf(errand: Errand): Promise<http.IncomingMessage> {
  const { exchange, options } = errand;
  const { request } = exchange;
  const where = whereOf(errand);
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
    const settle = watchHead(wire, { request, options }, (what, ms) => {
      fail(late(errand, what, ms));
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
    const onClose = (): void => {
      fail(new OriginError(`${where}: no answer`, { status: 502 }));
    };
    wire.once("close", onClose);
    wire.once("response", (incoming) => {
      wire.off("close", onClose);
      settle();
      incoming.once("close", stay);
      resolve(incoming);
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
    headers: headersTo(to, exchange, options) as string[] &
      http.OutgoingHttpHeaders,
  });
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
