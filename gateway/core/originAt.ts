import * as http from "node:http";
import * as https from "node:https";
import { Body, pour } from "./Body";
import type { Exchange } from "./Exchange";
import type { GatewayRequest } from "./GatewayRequest";
import { GatewayResponse } from "./GatewayResponse";
import { HeaderList } from "./HeaderList";
import { HOP_BY_HOP } from "./headerRules";
import type { Origin } from "./Route";

/**
 * How an origin is spoken to.
 *
 * @category Gateway
 */
export interface OriginOptions {
  /** How long to wait for the head of its answer, in ms, from the moment that the request begins. Absent: 60,000. */
  readonly timeoutMs?: number;

  /** How long a connection may take to come about, in ms. Absent: 3,000. */
  readonly connectTimeoutMs?: number;

  /** Sends the client's `Host` on. Absent: the origin's own, and the client's as `X-Forwarded-Host`. */
  readonly keepHost?: boolean;

  /** Certificates to trust in place of Node's, as PEM. Absent: Node's. */
  readonly ca?: string | readonly string[];
}

/** The origin did not answer. */
export class OriginError extends Error {
  override readonly name = "OriginError";

  /** What the client is told: 502, or 504 where time ran out. */
  readonly status: 502 | 504;

  constructor(message: string, facts: { status: 502 | 504; cause?: unknown }) {
    super(message, { cause: facts.cause });
    this.status = facts.status;
  }
}

const TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 3_000;
const SOCKETS = 256;

/** Verbs that may be sent again where a kept connection was closed just then. */
const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** An origin that is reached over HTTP. Its idle sockets keep no process alive. */
export function originAt(base: string | URL, options: OriginOptions): Origin {
  const home = new URL(base);
  const settings = {
    keepAlive: true,
    maxSockets: SOCKETS,
    ca: options.ca as string[],
  };
  const wires = {
    "http:": new http.Agent(settings),
    "https:": new https.Agent(settings),
  };
  const path = home.pathname.replace(/\/$/, "");
  return async (exchange) => {
    const { request } = exchange;
    const to = request.target === undefined ? home : new URL(request.target);
    const agent = wires[to.protocol as "http:" | "https:"];
    const send = (): Promise<GatewayResponse> =>
      ask({ exchange, to, agent, path: `${path}${request.url}`, options });
    try {
      return await send();
    } catch (error) {
      // Nothing of it has been answered, and nothing of it can be lost.
      const mayRepeat = SAFE.has(request.method) && request.body.length === 0;
      if (!(error instanceof StaleSocketError) || !mayRepeat) throw error;
      return send();
    }
  };
}

/** A connection that was kept was closed by the origin as the request went out. */
class StaleSocketError extends OriginError {}

interface Errand {
  readonly exchange: Exchange;
  readonly to: URL;
  readonly agent: http.Agent;
  readonly path: string;
  readonly options: OriginOptions;
}

function ask({
  exchange,
  to,
  agent,
  path,
  options,
}: Errand): Promise<GatewayResponse> {
  const { timeoutMs = TIMEOUT_MS, connectTimeoutMs = CONNECT_TIMEOUT_MS } =
    options;
  const { request, signal } = exchange;
  const where = `${request.method} ${to.origin}`;
  return new Promise((resolve, reject) => {
    const wire = (to.protocol === "https:" ? https : http).request({
      agent,
      host: to.hostname.replace(/^\[|\]$/g, ""),
      port: to.port,
      method: request.method,
      path,
      headers: headersTo(to, request, options) as string[] &
        http.OutgoingHttpHeaders,
    });
    const giveUp = (): void => {
      wire.destroy();
    };
    const late = (what: string, ms: number) => (): void => {
      const message = `${where}: ${what} after ${ms.toLocaleString("en")} ms`;
      fail(new OriginError(message, { status: 504 }));
      wire.destroy();
    };
    const timer = setTimeout(late("no answer", timeoutMs), timeoutMs);
    let connecting: NodeJS.Timeout | undefined;
    const settle = (): void => {
      clearTimeout(timer);
      clearTimeout(connecting);
    };
    const fail = (error: OriginError): void => {
      settle();
      signal.removeEventListener("abort", giveUp);
      reject(error);
    };
    signal.addEventListener("abort", giveUp, { once: true });
    wire.once("socket", (socket) => {
      if (!socket.connecting) return;
      connecting = setTimeout(
        late("no connection", connectTimeoutMs),
        connectTimeoutMs,
      );
      socket.once("connect", () => {
        clearTimeout(connecting);
      });
    });
    wire.on("information", ({ statusCode, rawHeaders }) => {
      exchange.inform?.(statusCode, rawHeaders);
    });
    wire.once("error", (cause) => {
      const Kind = wire.reusedSocket ? StaleSocketError : OriginError;
      fail(new Kind(`${where}: ${cause.message}`, { status: 502, cause }));
    });
    wire.once("response", (incoming) => {
      settle();
      incoming.once("close", () => {
        signal.removeEventListener("abort", giveUp);
      });
      resolve(toGatewayResponse(incoming, request.method));
    });
    // What breaks off there is told by the wire itself; an answer may come before the body is through.
    pour(request.body, wire).catch(() => undefined);
  });
}

function toGatewayResponse(
  incoming: http.IncomingMessage,
  method: string,
): GatewayResponse {
  const { statusCode = 502, statusMessage, rawHeaders } = incoming;
  const isBare = method === "HEAD" || statusCode === 204 || statusCode === 304;
  if (isBare) incoming.resume();
  const headers = withoutHops(new HeaderList(rawHeaders));
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

/** Headers without those that speak of one connection, among them those that it names itself. */
export function withoutHops(headers: HeaderList): HeaderList {
  const named = headers.all("connection").flatMap((value) => value.split(","));
  return headers.without([...HOP_BY_HOP, ...named.map((name) => name.trim())]);
}

/** What goes to the origin: the client's headers, and who he is. */
function headersTo(
  to: URL,
  request: GatewayRequest,
  { keepHost }: OriginOptions,
): string[] {
  const { headers, body, scheme, host, remoteAddress } = request;
  let list = withoutHops(headers).without(["expect"]);
  const add = (name: string, value: string): void => {
    list = list.with(name, [...list.all(name), value].join(", "));
  };
  if (!keepHost || host === undefined) list = list.with("Host", to.host);
  if (remoteAddress !== undefined) add("X-Forwarded-For", remoteAddress);
  if (!list.has("X-Forwarded-Proto"))
    list = list.with("X-Forwarded-Proto", scheme);
  if (host !== undefined && !list.has("X-Forwarded-Host"))
    list = list.with("X-Forwarded-Host", host);
  const lines = [...frame(list, body).lines];
  if (/\btrailers\b/i.test(headers.get("te") ?? ""))
    lines.push("TE", "trailers", "Connection", "keep-alive, TE");
  return lines;
}

/** The line that says where a body ends, as the body has it. */
export function frame(headers: HeaderList, body: Body): HeaderList {
  if (body.source instanceof Uint8Array)
    return headers.with("Content-Length", String(body.source.length));
  if (body.source === undefined || headers.has("content-length"))
    return headers;
  return headers.with("Transfer-Encoding", "chunked");
}
