import { Readable } from "node:stream";
import { Body, drain, type BodyFacts } from "../http/Body";
import { Exchange } from "../http/Exchange";
import { GatewayRequest, type RequestFacts } from "../http/GatewayRequest";
import { GatewayResponse } from "../http/GatewayResponse";
import { HeaderList } from "../http/HeaderList";
import { isEmpty } from "../http/collect";
import { behind, withoutSlash } from "../http/behind";
import { namedBy, takesTrailers, withoutHops } from "../http/framing";
import { isFinalStatus } from "../http/headerRules";
import { Route } from "../route/Route";
import { respondToFailure } from "../route/respondToFailure";
import { runRoute } from "../route/runRoute";
import { unsendable, type OriginError } from "../origin/OriginError";

/** What answers a request of Fetch. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** Where a route stands in a server of Fetch's. */
export interface FetchOptions {
  /** Path under which it stands: it is not sent on to the origin. Absent: the root. */
  readonly mountPath?: string;

  /** Address of the client, which Fetch does not tell. Absent: not told to anybody. */
  readonly remoteAddress?: (request: Request) => string | undefined;
}

/**
 * A route as a function from `Request` to `Response`, as Hono, Next.js, Deno and service workers call it. Fetch knows neither
 * trailers nor 1xx answers, and has resolved `..` in the path before anybody sees it.
 *
 * @param next - Whoever answers where the route has no origin of its own. Absent: nobody, 404.
 *
 * @example
 * const handler = toFetch(createRoute({ steps: [guard], origin: "http://127.0.0.1:3000" }));
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
  const mountPath = withoutSlash(options.mountPath ?? "");
  return async (native) => {
    const { pathname, search } = new URL(native.url);
    const url = behind(mountPath, `${pathname}${search}`);
    if (url === undefined) return next(native);
    const exchange = new Exchange(
      fromRequest(native, {
        mountPath,
        url,
        remoteAddress: options.remoteAddress?.(native),
      }),
      { native },
    );
    const leave = (): void => {
      exchange.end();
    };
    if (native.signal.aborted) leave();
    else native.signal.addEventListener("abort", leave, { once: true });
    const response = await runRoute(definition, exchange, async () => {
      if (!origin) return fromResponse(await next(toRequest(native, exchange)));
      await dropEmpty(exchange);
      return origin(exchange);
    });
    exchange.arrived.body.discard();
    return sendable(response, native.method, (error) =>
      respondToFailure(definition, { where: "origin", error, exchange }),
    );
  };
}

/** A response as Fetch has it; another one, where Fetch cannot carry it. */
function sendable(
  response: GatewayResponse,
  method: string,
  instead: (error: OriginError) => GatewayResponse,
): Response {
  try {
    return toResponse(response, method);
  } catch (cause) {
    response.body.discard();
    return toResponse(instead(unsendable(cause)), method);
  }
}

function fromRequest(
  native: Request,
  place: Pick<RequestFacts, "url" | "mountPath" | "remoteAddress">,
): GatewayRequest {
  const { protocol, host } = new URL(native.url);
  const all = new HeaderList([...native.headers].flat());
  const headers = withoutHops(all);
  const { body, bodyUsed, method } = native;
  return new GatewayRequest({
    ...place,
    method,
    // What Fetch can't carry, a body of GET, can't be announced either.
    headers: body ? headers : headers.without(["content-length"]),
    body: bodyUsed
      ? new Body(undefined, {
          lost: new Error("the request's body was read before it came here"),
        })
      : bodyOf(body, headers, drain),
    scheme: protocol.slice(0, -1),
    takesTrailers: takesTrailers(all),
    host: headers.get("host") ?? host,
  });
}

function bodyOf(
  stream: Request["body"],
  headers: HeaderList,
  abandon?: BodyFacts["abandon"],
): Body {
  if (!stream) return new Body();
  const length = headers.get("content-length");
  return new Body(() => Readable.fromWeb(stream), {
    length: length === undefined ? undefined : Number(length),
    abandon,
  });
}

/** A body that nobody has announced may turn out to be none: only its first byte tells. */
async function dropEmpty(exchange: Exchange): Promise<void> {
  const { headers } = exchange.native as Request;
  const isSaid = ["content-length", "transfer-encoding"].some((name) =>
    headers.has(name),
  );
  const { request } = exchange;
  if (isSaid || !(request.body.source instanceof Readable)) return;
  if (await isEmpty(request.body.source))
    exchange.request = request.with({ body: new Body() });
}

/** What the handler behind the steps is given. */
function toRequest(
  native: Request,
  { request, arrived, signal }: Exchange,
): Request {
  const isWhole =
    namedBy(native.headers.get("connection") ?? undefined).length === 0 &&
    (request.body.isUnopened || !native.body);
  if (request === arrived && isWhole) return native;
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

/** Statuses that Fetch lets carry no body, not even an empty one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

function toResponse(
  { status, statusText, headers, body }: GatewayResponse,
  method: string,
): Response {
  // Servers have a Response of their own, which finds that out when it is too late.
  if (!isFinalStatus(status))
    throw new RangeError(`Fetch knows no status ${status}`);
  const isBare = method === "HEAD" || WITHOUT_BODY.has(status);
  const own = headers.without(["trailer"]);
  const { source } = body;
  const isEmpty = source instanceof Uint8Array && source.length === 0;
  const framed =
    source instanceof Readable || (isBare && (isEmpty || !source))
      ? own
      : own.with("Content-Length", String(source?.length ?? 0));
  if (isBare) body.discard();
  return new Response(isBare ? null : toWeb(source), {
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
