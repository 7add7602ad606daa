import type { ServerResponse } from "node:http";
import { behind, originForm, withoutSlash } from "../http/behind";
import { Route } from "../route/Route";
import type { RouteDefinition } from "../route/RouteDefinition";
import { handle } from "./node/handle";
import type { NodeRequest } from "./node/toExchange";

/** What is used of Fastify's request. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest;
}

/** What is used of Fastify's reply. */
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
 * What is used of a Fastify instance.
 *
 * @category Gateway
 */
export interface FastifyLike {
  /** Path under which the plugin is registered. */
  readonly prefix: string;

  /** Has something called as each request comes in. */
  readonly addHook: (name: "onRequest", hook: OnRequest) => unknown;

  /** Lets every verb that Fastify knows in at a path. */
  readonly all: (path: string, handler: () => void) => unknown;

  /** Lets the others in below the prefix. */
  readonly setNotFoundHandler: (handler: () => void) => unknown;
}

/**
 * A route as a plugin of Fastify: the prefix under which it is registered is not sent on to the origin. Without an origin, the
 * routes of the instance on which it is registered answer. Without a prefix, verbs that Fastify does not know, `PROPFIND` for example,
 * are its 404; `addHttpMethod` makes them known.
 *
 * @example
 * await fastify.register(toFastify(createRoute({ steps: [guard], origin: "http://127.0.0.1:3000" })), { prefix: "/orders" });
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
    const depth = withoutSlash(fastify.prefix).split("/").length - 1;
    fastify.addHook("onRequest", takingIn(definition, depth));
    if (!definition.origin) {
      done();
      return;
    }
    // The hook answers.
    for (const path of ["/", "/*"]) fastify.all(path, () => undefined);
    // Without a prefix of its own, what is not found belongs to whoever has registered it.
    if (withoutSlash(prefix) !== "")
      fastify.setNotFoundHandler(() => undefined);
    done();
  };
  // Without an origin, its hook is for the routes beside it.
  return definition.origin
    ? plugin
    : Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}

/** Takes each request through the route as it comes in, below a prefix of so many segments. */
function takingIn(route: RouteDefinition, depth: number): OnRequest {
  return (request, reply, next) => {
    const { raw } = request;
    const own = originForm(raw.url ?? "/");
    const mountPath = pathOf(own, depth);
    void handle(route, {
      req: raw,
      res: reply.raw,
      arrival: {
        native: request,
        mountPath,
        url: behind(mountPath, own) ?? own,
      },
      next,
      // Fastify waits for whoever has taken the reply, and leaves him alone.
      take: () => reply.hijack(),
    });
  };
}

/** So many segments of a path, from its beginning: prefixes have parameters, and need not be spelt alike. */
function pathOf(url: string, depth: number): string {
  return new RegExp(`^(?:/[^/?]*){${depth}}`).exec(url)?.[0] ?? "";
}
