import type * as http from "node:http";
import { Readable } from "node:stream";
import {
  destroyRequest,
  formatNumber,
  loadHttps,
  nodeHttp,
} from "../../src/internal";
import { Body } from "../http/Body";
import { announcedLengthOf, isBodiless } from "../http/framing";
import type { Exchange } from "../http/Exchange";
import { GatewayResponse } from "../http/GatewayResponse";
import { isChunked } from "../http/findRequestProblem";
import { HeaderList } from "../http/HeaderList";
import { RequestError } from "../http/RequestError";
import { sendBody } from "../http/sendBody";
import { OriginError } from "./OriginError";
import type { OriginOptions } from "./OriginOptions";
import { StaleSocketError } from "./StaleSocketError";
import { toOriginHeaders } from "./toOriginHeaders";
import { isTrailerOfChangedHeader } from "./withoutLookalikes";
import { watchResponseBody, watchResponseHead } from "./watchResponse";

/** Interim (1xx) responses that an origin may send for one request. The adapter forwards the first of them. */
const MAX_INTERIM_RESPONSES = 64;

/** One request to an origin. */
export interface OriginRequest {
  readonly exchange: Exchange;
  readonly origin: URL;
  readonly agent: http.Agent;
  /** Path and query. */
  readonly path: string;
  readonly options: OriginOptions;
}

/** Sends a request to an origin. Resolves when the headers of the response have arrived; the body streams afterwards. */
export async function sendRequest(
  request: OriginRequest,
): Promise<GatewayResponse> {
  const { exchange, options } = request;
  const { body, method } = exchange.request;
  if (body.readError) throw body.readError;
  const incoming = await receiveHead(request);
  const problem = findCodingProblem(request, incoming);
  if (problem) {
    incoming.destroy();
    throw problem;
  }
  const response = toGatewayResponse(incoming, method);
  watchResponseBody(incoming, options, (what, ms) => {
    incoming.destroy(createTimeoutError(request, what, ms));
  });
  return response;
}

const describe = ({ exchange, origin }: OriginRequest): string =>
  `${exchange.request.method} ${origin.origin}`;

function createTimeoutError(
  request: OriginRequest,
  what: string,
  ms: number,
): OriginError {
  const message = `${describe(request)}: ${what} after ${formatNumber(ms)} ms`;
  return new OriginError(message, { status: 504 });
}

function createNoResponseError(request: OriginRequest): OriginError {
  const message = `${describe(request)}: no response`;
  return new OriginError(message, { status: 502 });
}

function receiveHead(request: OriginRequest): Promise<http.IncomingMessage> {
  const { exchange } = request;
  return new Promise((resolve, reject) => {
    const outgoing = open(request);
    let response: http.IncomingMessage | undefined;
    const fail = (error: OriginError | RequestError): void => {
      endWatch();
      ignoreDisconnect();
      reject(error);
      // Node ends a body without a length as if it were complete.
      if (response && !response.complete) response.destroy(error);
      outgoing.destroy();
    };
    const cancel = (reason?: Error): void => {
      if (reason instanceof RequestError) fail(reason);
      destroyRequest({ outgoing, incoming: response });
    };
    const endWatch = watchResponseHead(
      outgoing,
      { request: exchange.request, options: request.options },
      (what, ms) => {
        fail(createTimeoutError(request, what, ms));
      },
    );
    const ignoreDisconnect = exchange.onDisconnect(cancel);
    outgoing.on("error", (cause) => {
      fail(toOriginError(request, outgoing, cause));
    });
    // Node closes the connection without an error after a protocol upgrade that was not requested.
    outgoing.once("close", () => {
      if (!response) fail(createNoResponseError(request));
    });
    outgoing.once("response", (incoming) => {
      response = incoming;
      endWatch();
      incoming.once("close", ignoreDisconnect);
      resolve(incoming);
    });
    // A failing connection reports itself on `outgoing`. A response may arrive before the whole request has been sent.
    sendMessage(outgoing, exchange).catch(cancel);
  });
}

/** Sends head, body and trailers. */
function sendMessage(
  outgoing: http.ClientRequest,
  exchange: Exchange,
): Promise<void> {
  const { body } = exchange.request;
  sendHeadEarly(outgoing, body);
  return sendBody(body, outgoing, {
    length: announcedLengthOf(exchange.request.headers),
    onBytes: (bytes) => {
      body.countSent(bytes);
    },
    isForbidden: isTrailerOfChangedHeader(exchange),
  });
}

/** Sends the head before the first byte of a body that has not arrived yet: the origin can refuse an upload by its head. */
function sendHeadEarly(outgoing: http.ClientRequest, { source }: Body): void {
  // `flushHeaders` would encode headers as UTF-8.
  if (source instanceof Readable && source.readableLength === 0)
    outgoing.write("", "latin1");
}

/** The body of a response that is compressed for the transfer would reach the client without the coding that it is in. */
function findCodingProblem(
  request: OriginRequest,
  { headers }: http.IncomingMessage,
): OriginError | undefined {
  if (isChunked(headers["transfer-encoding"] ?? "chunked")) return undefined;
  const message = `${describe(request)}: the response has a Transfer-Encoding other than chunked`;
  return new OriginError(message, { status: 502 });
}

/** Codes of a connection that the other side has closed. */
const CLOSED = new Set(["ECONNRESET", "EPIPE"]);

function toOriginError(
  request: OriginRequest,
  { reusedSocket }: http.ClientRequest,
  cause: NodeJS.ErrnoException,
): OriginError {
  const isStale = reusedSocket && CLOSED.has(cause.code ?? "");
  const ErrorClass = isStale ? StaleSocketError : OriginError;
  return new ErrorClass(`${describe(request)}: ${cause.message}`, {
    status: 502,
    cause,
  });
}

function open({
  exchange,
  origin,
  agent,
  path,
  options,
}: OriginRequest): http.ClientRequest {
  const outgoing = (
    origin.protocol === "https:" ? loadHttps() : nodeHttp
  ).request({
    agent,
    host: origin.hostname.replace(/^\[|\]$/g, ""),
    port: origin.port,
    method: exchange.request.method,
    path,
    headers: toOriginHeaders(origin, exchange, options) as string[] &
      http.OutgoingHttpHeaders,
  });
  let interim = 0;
  outgoing.on("information", ({ statusCode, rawHeaders }) => {
    if (++interim > MAX_INTERIM_RESPONSES)
      outgoing.destroy(
        new Error(
          `more than ${MAX_INTERIM_RESPONSES} interim (1xx) responses, which is the limit`,
        ),
      );
    else exchange.sendInformational?.(statusCode, rawHeaders);
  });
  return outgoing;
}

function toGatewayResponse(
  incoming: http.IncomingMessage,
  method: string,
): GatewayResponse {
  const { statusCode = 502, statusMessage, rawHeaders } = incoming;
  const hasNoBody = isBodiless(method, statusCode);
  if (hasNoBody) incoming.resume();
  const headers = new HeaderList(rawHeaders);
  return new GatewayResponse({
    status: statusCode,
    statusText: statusMessage,
    headers,
    body: hasNoBody
      ? new Body()
      : new Body(incoming, {
          length: announcedLengthOf(headers),
          trailers: () => incoming.rawTrailers,
        }),
  });
}
