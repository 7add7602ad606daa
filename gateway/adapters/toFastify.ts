import type { ServerResponse } from "node:http";
import type { Location } from "../http/MountPath";
import { toOriginForm } from "../http/requestTarget";
import { Route } from "../route/Route";
import type { RouteDefinition } from "../route/RouteDefinition";
import { handleRequest } from "./node/handleRequest";
import { toArrival } from "./node/toArrival";
import type { NodeRequest } from "./node/toExchange";

/** The part of Fastify's request that is used. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest;
}

/** The part of Fastify's reply that is used. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse;
  hijack(): unknown;
  getHeaders?(): Readonly<
    Record<string, string | number | readonly string[] | undefined>
  >;
}

type OnRequest = (
  request: FastifyRequestLike,
  reply: FastifyReplyLike,
  done: () => void,
) => void;

/**
 * The part of a Fastify instance that is used.
 *
 * @category Gateway
 */
export interface FastifyLike {
  /** Prefix at which the plugin is registered. */
  readonly prefix: string;

  /** Registers a hook that runs on each request. */
  readonly addHook: (name: "onRequest", hook: OnRequest) => unknown;

  /** Registers a handler for all methods that Fastify supports. */
  readonly all: (path: string, handler: () => void) => unknown;

  /** Registers the handler for requests below the prefix that match no route. */
  readonly setNotFoundHandler: (handler: () => void) => unknown;
}

/**
 * Creates a Fastify plugin from a route. The prefix at which it is registered is not sent to the origin. Without an origin, the routes of
 * the instance on which it is registered respond. Without a prefix, methods that Fastify does not support, for example `PROPFIND`, get its
 * 404 response; `addHttpMethod` adds a method. A request whose path does not begin with the prefix as it is written, for example
 * `/%6frders` or `//orders`, which Fastify can route below the prefix, is answered with status 400.
 *
 * @example
 * const route = createRoute({
 *   steps: [guard],
 *   origin: "http://127.0.0.1:3000",
 * });
 * await fastify.register(toFastify(route), { prefix: "/orders" });
 *
 * @category Gateway
 */
export function toFastify(
  route: Route,
): (
  fastify: FastifyLike,
  options: { readonly prefix?: string },
  done: () => void,
) => void {
  const definition = Route.definitionOf(route);
  const plugin = (
    fastify: FastifyLike,
    { prefix = "" }: { readonly prefix?: string },
    done: () => void,
  ): void => {
    fastify.addHook("onRequest", createHook(definition, fastify.prefix));
    if (definition.usesNext) {
      done();
      return;
    }
    // The hook responds; the routes only make Fastify accept the requests.
    for (const path of ["/", "/*"]) fastify.all(path, () => undefined);
    // Without a prefix, the not-found handler belongs to the parent instance.
    if (prefix !== "" && prefix !== "/")
      fastify.setNotFoundHandler(() => undefined);
    done();
  };
  // Without an origin, the hook must also run for the routes of the parent instance.
  return definition.usesNext
    ? Object.assign(plugin, { [Symbol.for("skip-override")]: true })
    : plugin;
}

/** Creates the hook that runs each request through the route. */
function createHook(route: RouteDefinition, prefix: string): OnRequest {
  const segments = prefix.replace(/\/$/, "").split("/").slice(1);
  return (request, reply, next) => {
    const { raw } = request;
    const location = locate(segments, raw.url ?? "/");
    void handleRequest(route, {
      req: raw,
      res: reply.raw,
      arrival: toArrival(raw, location, request),
      next,
      // After `hijack`, Fastify does not send a reply.
      take: () => reply.hijack(),
      readHeaders: () => readHeaders(reply),
    });
  };
}

/** The headers that earlier hooks have set on the reply, or on its raw response. */
const readHeaders = (reply: FastifyReplyLike): string[] =>
  Object.entries(reply.getHeaders?.() ?? reply.raw.getHeaders()).flatMap(
    ([name, value]) =>
      [value ?? []].flat().flatMap((each) => [name, String(each)]),
  );

/**
 * Separates the prefix from a target. Fastify has already routed the request, but it ignores differences in the spelling, with
 * `ignoreDuplicateSlashes` also empty segments. Where the prefix ends is unknown then.
 */
function locate(prefix: readonly string[], target: string): Location {
  const path = toOriginForm(target);
  if (path === undefined) return { kind: "ambiguous" };
  const found = new RegExp(`^(?:/[^/?]*){${prefix.length}}`).exec(path);
  const mountPath = found?.[0] ?? "";
  const segments = mountPath.split("/").slice(1);
  const isSpelledOut =
    segments.length === prefix.length &&
    prefix.every((name, at) => matches(name, segments[at] ?? ""));
  return isSpelledOut
    ? { kind: "inside", mountPath, url: path.slice(mountPath.length) }
    : { kind: "ambiguous" };
}

/** Whether a segment is the one of the prefix. A segment with a parameter can have any value that is a single segment. */
const matches = (name: string, segment: string): boolean =>
  /[:*]/.test(name)
    ? /^(?!\.{0,2}$)[^\\;#]+$/.test(segment)
    : name.toLowerCase() === segment.toLowerCase();
