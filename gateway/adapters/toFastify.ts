import type { ServerResponse } from "node:http";
import {
  stripMountPath,
  toOriginForm,
  removeTrailingSlash,
} from "../http/stripMountPath";
import { Route } from "../route/Route";
import type { RouteDefinition } from "../route/RouteDefinition";
import { handleRequest } from "./node/handleRequest";
import type { NodeRequest } from "./node/toExchange";

/** The part of Fastify's request that is used. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest;
}

/** The part of Fastify's reply that is used. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse;
  hijack(): unknown;
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
 * 404 response; `addHttpMethod` adds a method.
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
    const depth = removeTrailingSlash(fastify.prefix).split("/").length - 1;
    fastify.addHook("onRequest", createHook(definition, depth));
    if (!definition.origin) {
      done();
      return;
    }
    // The hook responds; the routes only make Fastify accept the requests.
    for (const path of ["/", "/*"]) fastify.all(path, () => undefined);
    // Without a prefix, the not-found handler belongs to the parent instance.
    if (removeTrailingSlash(prefix) !== "")
      fastify.setNotFoundHandler(() => undefined);
    done();
  };
  // Without an origin, the hook must also run for the routes of the parent instance.
  return definition.origin
    ? plugin
    : Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}

/** Creates the hook that runs each request through the route. `depth` is the number of segments of the prefix. */
function createHook(route: RouteDefinition, depth: number): OnRequest {
  return (request, reply, next) => {
    const { raw } = request;
    const target = toOriginForm(raw.url ?? "/");
    const mountPath = firstSegments(target, depth);
    void handleRequest(route, {
      req: raw,
      res: reply.raw,
      arrival: {
        native: request,
        mountPath,
        url: stripMountPath(mountPath, target) ?? target,
      },
      next,
      // After `hijack`, Fastify does not send a reply.
      take: () => reply.hijack(),
    });
  };
}

/** The first segments of a path. The prefix itself is not compared, because it can contain parameters. */
function firstSegments(url: string, depth: number): string {
  return new RegExp(`^(?:/[^/?]*){${depth}}`).exec(url)?.[0] ?? "";
}
