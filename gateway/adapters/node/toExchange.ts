import {
  STATUS_CODES,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { TLSSocket } from "node:tls";
import { Body, drain } from "../../http/Body";
import { Exchange, type Interim } from "../../http/Exchange";
import { takesTrailers, withoutHops } from "../../http/framing";
import { GatewayRequest } from "../../http/GatewayRequest";
import { HeaderList } from "../../http/HeaderList";

/** What a server of Node calls a request, with what Express adds to it. */
export type NodeRequest = IncomingMessage & {
  readonly originalUrl?: string;
  readonly baseUrl?: string;
  body?: unknown;
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
  const all = headersOf(req);
  const request = new GatewayRequest({
    method: req.method ?? "GET",
    url,
    ...messageOf(req, withoutHops(all)),
    takesTrailers: takesTrailers(all),
    scheme: (socket as Partial<TLSSocket>).encrypted ? "https" : "http",
    host: req.headers.host ?? req.headers[":authority"]?.toString(),
    mountPath,
    // A socket that takes both families writes IPv4 addresses as IPv6.
    remoteAddress: socket.remoteAddress?.replace(/^::ffff:/, ""),
  });
  const exchange = new Exchange(request, {
    native,
    inform: informing(req, res),
  });
  res.once("close", () => {
    if (!res.writableFinished) exchange.end();
    request.body.discard();
  });
  return exchange;
}

/** The headers of a request; HTTP/2 has more lines before them, whose names begin with a colon, and may cut a cookie in pieces. */
function headersOf({ rawHeaders, httpVersionMajor }: NodeRequest): HeaderList {
  if (httpVersionMajor === 1) return new HeaderList(rawHeaders);
  const all = new HeaderList(
    rawHeaders.filter((_, at) => rawHeaders[at & ~1]?.[0] !== ":"),
  );
  const cookie = all.get("cookie");
  return cookie === undefined ? all : all.with("cookie", cookie);
}

/** Whether a request of HTTP/2 has ended with its headers. */
const isBare = (req: NodeRequest): boolean =>
  (req as unknown as Http2ServerRequest).stream.endAfterHeaders;

/** A body stands behind `Transfer-Encoding` or a length; all others are empty. */
function messageOf(
  req: NodeRequest,
  headers: HeaderList,
): { headers: HeaderList; body: Body } {
  const length = Number(req.headers["content-length"] ?? 0);
  const isChunked =
    req.httpVersionMajor > 1
      ? length === 0 && !isBare(req)
      : req.headers["transfer-encoding"] !== undefined;
  if (!isChunked && length === 0) return { headers, body: new Body() };
  if (req.readableDidRead) return readBefore(req, headers);
  const body = new Body(req, {
    length: isChunked ? undefined : length,
    trailers: () => req.rawTrailers,
    abandon: drain,
  });
  return { headers, body };
}

/** What a body parser has read can be sent on where it left the bytes; of what it made of them, nobody can make them again. */
function readBefore(
  req: NodeRequest,
  headers: HeaderList,
): { headers: HeaderList; body: Body } {
  const { body } = req;
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  if (!(bytes instanceof Uint8Array))
    return { headers, body: new Body(undefined, { lost: lost() }) };
  const isAsItCame = headers.get("content-length") === String(bytes.length);
  return {
    // Body parsers unpack what is packed.
    headers: isAsItCame
      ? headers
      : headers.without(["content-encoding", "content-length"]),
    body: new Body(bytes),
  };
}

const lost = (): Error =>
  new Error(
    "the request's body was read before it came here: put the route before body parsers, or use one that leaves bytes (express.raw)",
  );

/** Tells the client what the origin tells ahead of its answer, where the client's turn has come. */
function informing(req: NodeRequest, res: ServerResponse): Interim {
  return (status, lines) => {
    // Of 100 the server takes care itself; older clients know none of them.
    if (status === 100 || req.httpVersion !== "1.1" || res.headersSent) return;
    const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`];
    const { lines: sent } = withoutHops(new HeaderList(lines));
    for (let at = 0; at < sent.length; at += 2)
      head.push(`${sent[at] ?? ""}: ${sent[at + 1] ?? ""}`);
    // Node writes two of them only, and refuses links that it can't read.
    res.socket?.write(`${head.join("\r\n")}\r\n\r\n`, "latin1");
  };
}
