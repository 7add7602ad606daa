import { Readable } from "node:stream";
import type { Body } from "../http/Body";
import { Exchange } from "../http/Exchange";
import { headersNamedInConnection } from "../http/framing";
import { GatewayResponse } from "../http/GatewayResponse";
import { HeaderList } from "../http/HeaderList";
import { isFinalStatus } from "../http/headerRules";
import {
  parseMountPath,
  type Location,
  type MountPath,
} from "../http/MountPath";
import {
  toUnsendableResponseError,
  type OriginError,
} from "../origin/OriginError";
import { refuse, respondToFailure } from "../route/respondToFailure";
import { Route } from "../route/Route";
import { runRoute } from "../route/runRoute";
import { bodyOf, fromRequest, removeEmptyBody } from "./fetch/fromRequest";
import { toWebStream } from "./fetch/toWebStream";

/** Responds to a Fetch request. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** Options of {@link toFetch}. */
export interface FetchOptions {
  /**
   * Path at which the route is mounted, beginning with `/`; it is not sent to the origin. It is compared without regard to case. Other
   * paths go to `next`. A path that some server could read as below it, for example `/%61pi` or `//api` for `/api`, is answered with
   * status 400. Defaults to the root.
   */
  readonly mountPath?: string | undefined;

  /** Returns the address of the client, which a Fetch `Request` does not have. */
  readonly remoteAddress?:
    ((request: Request) => string | undefined) | undefined;
}

/**
 * Creates a function from `Request` to `Response` from a route, for Hono, Next.js, Deno and service workers. Fetch supports neither
 * trailers nor 1xx responses, and resolves `..` in a path before any code sees it.
 *
 * @param next - Responds if the route has no origin, and to requests outside the mount path. Defaults to a 404 response.
 * @throws `ERR_INVALID_INPUT` if `mountPath` is not a path.
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
  const mountPath = parseMountPath("toFetch", options.mountPath ?? "");
  return async (native) => {
    const location = locate(mountPath, native.url);
    if (location.kind === "outside") return next(native);
    const { request, problem } = fromRequest(native, {
      location,
      remoteAddress: options.remoteAddress?.(native),
    });
    const exchange = new Exchange(request, { native });
    const disconnect = (): void => {
      exchange.disconnect();
    };
    if (native.signal.aborted) disconnect();
    else native.signal.addEventListener("abort", disconnect, { once: true });
    const response = problem
      ? refuse(definition, exchange, problem)
      : await runRoute(definition, exchange, async () => {
          if (!origin)
            return fromResponse(await next(toRequest(native, exchange)));
          await removeEmptyBody(exchange);
          return origin(exchange);
        });
    exchange.originalRequest.body.discard();
    releaseWhenSent(response.body);
    return toSendableResponse(response, native.method, (error) =>
      respondToFailure(definition, { where: "origin", error, exchange }),
    );
  };
}

/** A fragment is no part of a request, but servers that build the URL of a `Request` from a target leave it there. */
function locate(mountPath: MountPath, url: string): Location {
  const [target = ""] = url.split("#", 1);
  const location = mountPath.locate(target);
  return location.kind === "outside" ? mountPath.locate(url) : location;
}

/** Releases the memory of a response body. Bytes belong to the host from here on, and a stream until it closes. */
function releaseWhenSent(body: Body): void {
  const { source } = body;
  if (source instanceof Readable)
    source.once("close", () => {
      body.release();
    });
  else body.release();
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
  if (body?.locked)
    throw new Error(
      "the body of the response was read before it reached the gateway",
    );
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
    : (toWebStream(source) as WebBody);
}

function pairsOf({ lines }: HeaderList): [string, string][] {
  return lines.flatMap((name, at) =>
    at % 2 === 0 ? [[name, lines[at + 1] ?? ""] as [string, string]] : [],
  );
}
