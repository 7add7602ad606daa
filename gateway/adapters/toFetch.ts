import { Readable } from "node:stream";
import { Body, type BodyOptions } from "../http/Body";
import { drain } from "../http/drain";
import { Exchange } from "../http/Exchange";
import {
  GatewayRequest,
  type GatewayRequestInit,
} from "../http/GatewayRequest";
import { GatewayResponse } from "../http/GatewayResponse";
import { HeaderList } from "../http/HeaderList";
import { isEmptyStream } from "../http/readUpTo";
import { stripMountPath, removeTrailingSlash } from "../http/stripMountPath";
import {
  headersNamedInConnection,
  acceptsTrailers,
  removeHopByHopHeaders,
} from "../http/framing";
import { isFinalStatus } from "../http/headerRules";
import { Route } from "../route/Route";
import { respondToFailure } from "../route/respondToFailure";
import { runRoute } from "../route/runRoute";
import {
  toUnsendableResponseError,
  type OriginError,
} from "../origin/OriginError";

/** Responds to a Fetch request. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** Options of {@link toFetch}. */
export interface FetchOptions {
  /** Path at which the route is mounted; it is not sent to the origin. Other paths go to `next`. Defaults to the root. */
  readonly mountPath?: string;

  /** Returns the address of the client, which a Fetch `Request` does not have. */
  readonly remoteAddress?: (request: Request) => string | undefined;
}

/**
 * Creates a function from `Request` to `Response` from a route, for Hono, Next.js, Deno and service workers. Fetch supports neither
 * trailers nor 1xx responses, and resolves `..` in a path before any code sees it.
 *
 * @param next - Responds if the route has no origin, and to requests outside the mount path. Defaults to a 404 response.
 *
 * @example
 * const route = createRoute({
 *   steps: [guard],
 *   origin: "http://127.0.0.1:3000",
 * });
 * const handler = toFetch(route);
 * app.all("/orders/*", (c) => handler(c.req.raw));
 *
 * @category Gateway
 */
export function toFetch(
  route: Route,
  next: FetchHandler = () => new Response("Not Found\n", { status: 404 }),
  options: FetchOptions = {},
): (request: Request) => Promise<Response> {
  const definition = Route.definitionOf(route);
  const { origin } = definition;
  const mountPath = removeTrailingSlash(options.mountPath ?? "");
  return async (native) => {
    const { pathname, search } = new URL(native.url);
    const url = stripMountPath(mountPath, `${pathname}${search}`);
    if (url === undefined) return next(native);
    const exchange = new Exchange(
      fromRequest(native, {
        mountPath,
        url,
        remoteAddress: options.remoteAddress?.(native),
      }),
      { native },
    );
    const disconnect = (): void => {
      exchange.disconnect();
    };
    if (native.signal.aborted) disconnect();
    else native.signal.addEventListener("abort", disconnect, { once: true });
    const response = await runRoute(definition, exchange, async () => {
      if (!origin) return fromResponse(await next(toRequest(native, exchange)));
      await removeEmptyBody(exchange);
      return origin(exchange);
    });
    exchange.originalRequest.body.discard();
    return toSendableResponse(response, native.method, (error) =>
      respondToFailure(definition, { where: "origin", error, exchange }),
    );
  };
}

/** Converts a response; if Fetch cannot represent it, converts the fallback instead. */
function toSendableResponse(
  response: GatewayResponse,
  method: string,
  fallback: (error: OriginError) => GatewayResponse,
): Response {
  try {
    return toResponse(response, method);
  } catch (cause) {
    response.body.discard();
    return toResponse(fallback(toUnsendableResponseError(cause)), method);
  }
}

function fromRequest(
  native: Request,
  location: Pick<GatewayRequestInit, "url" | "mountPath" | "remoteAddress">,
): GatewayRequest {
  const { protocol, host } = new URL(native.url);
  const all = new HeaderList([...native.headers].flat());
  const headers = removeHopByHopHeaders(all);
  const { body, bodyUsed, method } = native;
  return new GatewayRequest({
    ...location,
    method,
    // A GET request of Fetch has no body, so it must not announce one.
    headers: body ? headers : headers.without(["content-length"]),
    body: bodyUsed
      ? new Body(undefined, {
          readError: new Error(
            "the body of the request was read before it reached the gateway; call the gateway before you read the body",
          ),
        })
      : bodyOf(body, headers, drain),
    scheme: protocol.slice(0, -1),
    acceptsTrailers: acceptsTrailers(all),
    host: headers.get("host") ?? host,
  });
}

function bodyOf(
  stream: Request["body"],
  headers: HeaderList,
  discardStream?: BodyOptions["discardStream"],
): Body {
  if (!stream) return new Body();
  const length = headers.get("content-length");
  return new Body(() => Readable.fromWeb(stream), {
    length: length === undefined ? undefined : Number(length),
    discardStream,
  });
}

/** Removes a body without a declared length if it turns out to be empty, which only reading it shows. */
async function removeEmptyBody(exchange: Exchange): Promise<void> {
  const { headers } = exchange.native as Request;
  const isDeclared = ["content-length", "transfer-encoding"].some((name) =>
    headers.has(name),
  );
  const { request } = exchange;
  if (isDeclared || !(request.body.source instanceof Readable)) return;
  if (await isEmptyStream(request.body.source))
    exchange.request = request.with({ body: new Body() });
}

/** The request for the next handler; the original one if no step has changed it. */
function toRequest(
  native: Request,
  { request, originalRequest: arrived, signal }: Exchange,
): Request {
  const isUnchanged =
    headersNamedInConnection(native.headers.get("connection") ?? undefined)
      .length === 0 &&
    (request.body.isUnopened || !native.body);
  if (request === arrived && isUnchanged) return native;
  const { source } = request.body;
  const headers = request.headers.without(["content-length"]);
  return new Request(request.uri, {
    method: request.method,
    headers: pairsOf(headers),
    body: toWeb(source),
    signal,
    duplex: "half",
  });
}

function fromResponse(response: Response): GatewayResponse {
  const { status, statusText, headers, body } = response;
  const list = new HeaderList([...headers].flat());
  return new GatewayResponse({
    status,
    statusText: statusText || undefined,
    headers: list,
    body: bodyOf(body, list),
  });
}

/** Statuses for which Fetch allows no body, not even an empty one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

function toResponse(
  { status, statusText, headers, body }: GatewayResponse,
  method: string,
): Response {
  // Some servers replace `Response` with their own class, which would fail only when it is sent.
  if (!isFinalStatus(status))
    throw new RangeError(`Fetch does not support the status ${status}`);
  const isBodiless = method === "HEAD" || WITHOUT_BODY.has(status);
  const plain = headers.without(["trailer"]);
  const { source } = body;
  const isEmpty = source instanceof Uint8Array && source.length === 0;
  const framed =
    source instanceof Readable || (isBodiless && (isEmpty || !source))
      ? plain
      : plain.with("Content-Length", String(source?.length ?? 0));
  if (isBodiless) body.discard();
  return new Response(isBodiless ? null : toWeb(source), {
    status,
    ...(statusText !== undefined && { statusText }),
    headers: new Headers(
      pairsOf(status === 204 ? framed.without(["content-length"]) : framed),
    ),
  });
}

type WebBody = NonNullable<ConstructorParameters<typeof Response>[0]>;

function toWeb(source: Body["source"]): WebBody | null {
  if (source === undefined) return null;
  return source instanceof Uint8Array
    ? (source as Uint8Array<ArrayBuffer>)
    : (Readable.toWeb(source) as WebBody);
}

function pairsOf({ lines }: HeaderList): [string, string][] {
  return lines.flatMap((name, at) =>
    at % 2 === 0 ? [[name, lines[at + 1] ?? ""] as [string, string]] : [],
  );
}
