import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { Body } from "../../core/Body";
import { Exchange, type Interim } from "../../core/Exchange";
import { GatewayRequest } from "../../core/GatewayRequest";
import { HeaderList } from "../../core/HeaderList";

/** What a server of Node calls a request, with what Express adds to it. */
export type NodeRequest = IncomingMessage & {
  readonly originalUrl?: string;
  readonly baseUrl?: string;
  readonly body?: unknown;
};

/** Where a request came in, and as what. */
export interface Arrival {
  /** The request as the host calls it. */
  readonly native: unknown;

  /** Path at which the route stands, without a slash at its end. */
  readonly mountPath: string;

  /** Path behind it, and query, as they stand on the wire. */
  readonly url: string;
}

/** A request of Node's as an exchange. */
export function toExchange(
  req: NodeRequest,
  res: ServerResponse,
  { native, mountPath, url }: Arrival,
): Exchange {
  const { socket } = req;
  const request = new GatewayRequest({
    method: req.method ?? "GET",
    url: originForm(url),
    headers: new HeaderList(req.rawHeaders),
    body: bodyOf(req),
    scheme: (socket as Partial<TLSSocket>).encrypted ? "https" : "http",
    host: req.headers.host,
    mountPath,
    // A socket that takes both families writes IPv4 addresses as IPv6.
    remoteAddress: socket.remoteAddress?.replace(/^::ffff:/, ""),
  });
  const exchange = new Exchange(request, { native, inform: informing(res) });
  res.once("close", () => {
    if (!res.writableFinished) exchange.end();
  });
  return exchange;
}

/** A proxy is asked with the whole URL; what counts is what follows the host. */
function originForm(url: string): string {
  if (url.startsWith("/")) return url;
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] ?? "";
  return path.startsWith("/") ? path : `/${path}`;
}

/** A body stands behind `Transfer-Encoding` or a length; all others are empty. */
function bodyOf(req: NodeRequest): Body {
  const length = req.headers["content-length"];
  if (req.headers["transfer-encoding"] === undefined && !Number(length))
    return new Body();
  if (req.readableDidRead || req.readableEnded) return readBefore(req);
  return new Body(req, {
    length: length === undefined ? undefined : Number(length),
    trailers: () => req.rawTrailers,
  });
}

/** What a body parser has read can be sent on where it left the bytes; of what it made of them, nobody can make them again. */
function readBefore({ body }: NodeRequest): Body {
  if (typeof body === "string") return new Body(Buffer.from(body));
  if (body instanceof Uint8Array) return new Body(body);
  throw new Error(
    "the request's body was read before it came here: put the route before body parsers, or use one that leaves bytes (express.raw)",
  );
}

/** 1xx answers as Node can write them: 102, and 103 with its links. */
function informing(res: ServerResponse): Interim {
  return (status, lines) => {
    if (res.headersSent || res.destroyed) return;
    if (status === 102) res.writeProcessing();
    if (status !== 103) return;
    const hints: Record<string, string | string[]> = {};
    const headers = new HeaderList(lines);
    for (const name of headers.names()) hints[name] = headers.all(name);
    if (hints["link"]) res.writeEarlyHints(hints);
  };
}
