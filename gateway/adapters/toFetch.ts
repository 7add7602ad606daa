import { Exchange } from "../http/Exchange";
import { headersNamedInConnection } from "../http/framing";
import { GatewayResponse } from "../http/GatewayResponse";
import { HeaderList } from "../http/HeaderList";
import {
  parseMountPath,
  type Location,
  type MountPath,
} from "../http/MountPath";
import type { RequestError } from "../http/RequestError";
import { enterRoute } from "../route/enterRoute";
import { refuse } from "../route/respondToFailure";
import { Route } from "../route/Route";
import type { RouteDefinition } from "../route/RouteDefinition";
import { runRoute } from "../route/runRoute";
import { bodyOf, fromRequest, removeEmptyBody } from "./fetch/fromRequest";
import { sendToHost } from "./fetch/sendToHost";
import { pairsOf, toWeb } from "./fetch/toResponse";

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
  const mountPath = parseMountPath("toFetch", options.mountPath ?? "");
  return async (native) => {
    const location = locate(mountPath, native.url);
    if (location.kind === "outside") return next(native);
    const { request, problem } = fromRequest(native, {
      location,
      remoteAddress: options.remoteAddress?.(native),
    });
    const exchange = new Exchange(request, { native });
    watchSignal(native.signal, exchange);
    const entry = enterRoute(definition, exchange);
    try {
      return await respond(entry.route, exchange, {
        problem: problem ?? entry.problem,
        next,
      });
    } catch (error) {
      // The host has no response that could end the exchange.
      exchange.disconnect();
      exchange.end();
      throw error;
    } finally {
      entry.leave();
    }
  };
}

/** Runs an exchange and returns its response, which ends the exchange when the host has read it. */
async function respond(
  route: RouteDefinition,
  exchange: Exchange,
  {
    problem,
    next,
  }: {
    readonly problem: RequestError | undefined;
    readonly next: FetchHandler;
  },
): Promise<Response> {
  const { origin } = route;
  const response = problem
    ? await refuse(route, exchange, problem)
    : await runRoute(route, exchange, async () => {
        if (!origin)
          return fromResponse(await next(toRequest(route, exchange)));
        await removeEmptyBody(exchange);
        return origin(exchange);
      });
  exchange.originalRequest.body.discard();
  return sendToHost(route, exchange, response);
}

/** Ends the exchange when the client disconnects. */
function watchSignal(signal: AbortSignal, exchange: Exchange): void {
  const disconnect = (): void => {
    exchange.disconnect();
    exchange.end();
  };
  if (signal.aborted) {
    disconnect();
    return;
  }
  signal.addEventListener("abort", disconnect, { once: true });
  exchange.onEnd(() => {
    signal.removeEventListener("abort", disconnect);
  });
}

/** A fragment is no part of a request, but servers that build the URL of a `Request` from a target leave it there. */
function locate(mountPath: MountPath, url: string): Location {
  const [target = ""] = url.split("#", 1);
  const location = mountPath.locate(target);
  return location.kind === "outside" ? mountPath.locate(url) : location;
}

/** The request for the next handler; the original one if no step has changed it, and the route does not limit its body. */
function toRequest(
  { limits }: RouteDefinition,
  { request, originalRequest: arrived, signal, native: given }: Exchange,
): Request {
  const native = given as Request;
  const isLimited =
    (limits.maxRequestBytes ?? limits.requestIdleTimeoutMs) !== undefined;
  const isUnchanged =
    !isLimited &&
    headersNamedInConnection(native.headers.get("connection") ?? undefined)
      .length === 0 &&
    (request.body.isUnopened || !native.body);
  if (request === arrived && isUnchanged) return native;
  const headers = request.headers.without(["content-length"]);
  return new Request(request.uri, {
    method: request.method,
    headers: pairsOf(headers),
    body: toWeb(request.body, {
      onBytes: (bytes) => {
        request.body.countSent(bytes);
      },
    }),
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
    body: bodyOf(body, list, {
      discardUnopened: () => void body?.cancel().catch(() => undefined),
    }),
  });
}
