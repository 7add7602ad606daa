import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, ServerHttp2Stream } from "node:http2";
import { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { Body } from "../../http/Body";
import { BodyReadError } from "../../http/BodyReadError";
import { Discard } from "../../http/Discard";
import { Exchange } from "../../http/Exchange";
import {
  acceptsTrailers,
  announcedLengthOf,
  removeHopByHopHeaders,
} from "../../http/framing";
import { findRequestProblem } from "../../http/findRequestProblem";
import { GatewayRequest } from "../../http/GatewayRequest";
import { HeaderList } from "../../http/HeaderList";
import { RequestError } from "../../http/RequestError";
import { authorityOf } from "../../http/requestTarget";
import { closeWaiting } from "./closeWaiting";
import { connectionOf, toPlainAddress } from "./connectionOf";
import { createInformationalSender } from "./createInformationalSender";
import { failIfTruncated } from "./failIfTruncated";
import { failRequest } from "./failRequest";
import { isSent, responseStreamOf } from "./responseStream";

/** The request of a Node server, with the properties that Express adds. */
export type NodeRequest = IncomingMessage & {
  readonly originalUrl?: string;
  readonly baseUrl?: string;
  body?: unknown;
};

/** How a request arrived. */
export interface Arrival {
  /** The host's own request object. */
  readonly native: unknown;

  /** Path at which the route is mounted, without a trailing slash. */
  readonly mountPath: string;

  /** Path after the mount path, and query, as received. */
  readonly url: string;

  /** Why the request is refused. */
  readonly problem?: RequestError;
}

/** Creates an exchange from the request of a Node server. `problem` is why the request is refused. */
export function toExchange(
  req: NodeRequest,
  res: ServerResponse,
  arrival: Arrival,
): { exchange: Exchange; problem: RequestError | undefined } {
  const { native, mountPath, url } = arrival;
  const { socket } = req;
  const received = headersOf(req);
  const authority = authorityOf(req.originalUrl ?? req.url ?? "/");
  const all =
    authority === undefined ? received : received.with("Host", authority);
  const discard = new Discard(req, () => {
    closeConnection(req);
  });
  const request = new GatewayRequest({
    method: req.method ?? "GET",
    url,
    ...messageOf(req, removeHopByHopHeaders(all), { discard, res }),
    acceptsTrailers: acceptsTrailers(all),
    scheme: (socket as Partial<TLSSocket>).encrypted ? "https" : "http",
    host: authority ?? toHost(req),
    mountPath,
    remoteAddress: toPlainAddress(socket.remoteAddress),
  });
  const exchange = new Exchange(request, {
    native,
    connection: () => connectionOf(req),
    sendInformational: createInformationalSender(req, res),
  });
  watchConnection(req, res, { exchange, discard });
  const problem = arrival.problem ?? findProblem(req, received);
  return { exchange, problem };
}

/** Ends the exchange when its response has been sent or its client has left. */
function watchConnection(
  req: NodeRequest,
  res: ServerResponse,
  { exchange, discard }: { exchange: Exchange; discard: Discard },
): void {
  const stream = responseStreamOf(res);
  // Before Node's own listener, which would read the rest of the body without a limit.
  stream.prependOnceListener("finish", () => {
    exchange.originalRequest.body.discard();
    discard.end();
  });
  const end = (): void => {
    if (!isSent(stream)) {
      exchange.record.isClosedHere = stream === res && !isClosedByClient(req);
      exchange.disconnect();
    }
    exchange.end();
  };
  // The client can leave while the host runs handlers of its own before the route.
  if (hasLeft(req, stream)) end();
  else {
    res.once("close", end);
    closeWaiting(req, res);
  }
  failIfTruncated(req);
}

/** Whether the client has closed or reset the connection, or it broke. Otherwise this process has closed it. */
const isClosedByClient = ({ socket }: NodeRequest): boolean =>
  socket.readableEnded || socket.errored !== null;

/**
 * Whether the client has left. Node closes only the response that has the connection, and an HTTP/2 response does not report that it is
 * closed. A connection that has been reset has no remote address, before Node notices; a Unix domain socket has no local one either.
 */
function hasLeft(
  { socket }: NodeRequest,
  stream: ServerResponse | ServerHttp2Stream,
): boolean {
  if (stream.closed || stream.destroyed || socket.destroyed) return true;
  return (
    socket.remoteAddress === undefined && socket.localAddress !== undefined
  );
}

/** Host and port that the client requested. The pseudo-header of HTTP/2 replaces `Host`. */
const toHost = ({ headers }: NodeRequest): string | undefined =>
  headers[":authority"]?.toString() ?? headers.host;

/** Why a request is refused. */
function findProblem(
  req: NodeRequest,
  headers: HeaderList,
): RequestError | undefined {
  const { httpVersion } = req;
  const host = req.headers.host ?? toHost(req);
  return host === toHost(req)
    ? findRequestProblem({ method: req.method ?? "GET", headers, httpVersion })
    : new RequestError("the request has two different hosts", { status: 400 });
}

/** Closes the connection of a request, or its stream if it is an HTTP/2 request. */
function closeConnection(req: NodeRequest): void {
  const { stream } = req as unknown as Partial<Http2ServerRequest>;
  if (stream) stream.close();
  // The socket's own method may have been replaced by `failRequest`.
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with Reflect.apply on the socket
  else Reflect.apply(Socket.prototype.destroySoon, req.socket, []);
}

/** The headers of a request, without the pseudo-headers of HTTP/2, which may also split a cookie into several lines. */
function headersOf({ rawHeaders, httpVersionMajor }: NodeRequest): HeaderList {
  if (httpVersionMajor === 1) return new HeaderList(rawHeaders);
  const all = new HeaderList(
    rawHeaders.filter((_, at) => rawHeaders[at & ~1]?.[0] !== ":"),
  );
  const cookie = all.get("cookie");
  return cookie === undefined ? all : all.with("cookie", cookie);
}

/** Whether an HTTP/2 request ended with its headers. */
const endsAfterHeaders = (req: NodeRequest): boolean =>
  (req as unknown as Http2ServerRequest).stream.endAfterHeaders;

/** Headers and body. Only `Transfer-Encoding` or `Content-Length` announce a body. */
function messageOf(
  req: NodeRequest,
  headers: HeaderList,
  { discard, res }: { readonly discard: Discard; readonly res: ServerResponse },
): { headers: HeaderList; body: Body } {
  const length = Number(req.headers["content-length"] ?? 0);
  const isChunked =
    req.httpVersionMajor > 1
      ? length === 0 && !endsAfterHeaders(req)
      : req.headers["transfer-encoding"] !== undefined;
  if (!isChunked && length === 0) return { headers, body: new Body() };
  if (req.readableDidRead) return toParsedMessage(req, headers);
  const body = new Body(req, {
    length: isChunked ? undefined : length,
    trailers: () => req.rawTrailers,
    discardStream: () => {
      discard.start();
    },
    failStream: (_, error) => {
      failRequest(req, res, { error, discard });
    },
  });
  return { headers, body };
}

/** The message of a request whose body a body parser has read: usable if the parser left a string or bytes, but not a parsed object. */
function toParsedMessage(
  req: NodeRequest,
  headers: HeaderList,
): { headers: HeaderList; body: Body } {
  const { body } = req;
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  if (!(bytes instanceof Uint8Array))
    return {
      headers,
      body: new Body(undefined, {
        readError: createReadError(),
        length: announcedLengthOf(headers),
      }),
    };
  const isUnchanged = headers.get("content-length") === String(bytes.length);
  return {
    // Body parsers decompress the body.
    headers: isUnchanged
      ? headers
      : headers.without(["content-encoding", "content-length"]),
    body: new Body(bytes),
  };
}

const createReadError = (): Error =>
  new BodyReadError(
    "the body of the request was read before it reached the gateway; mount the route before body parsers, or use express.raw",
  );
