import type { ServerResponse } from "node:http";
import type { Route } from "../core/Route";
import { handle } from "./node/handle";
import type { NodeRequest } from "./node/toExchange";
import { behind, breakOff } from "./toNode";

/** What is used of Fastify's request. */
export interface FastifyRequestLike {
  readonly raw: NodeRequest;
}

/** What is used of Fastify's reply. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse;
  hijack(): unknown;
}

/** What is used of a Fastify instance. */
export interface FastifyLike {
  readonly prefix: string;
  addHook(
    name: "onRequest",
    hook: (
      request: FastifyRequestLike,
      reply: FastifyReplyLike,
      done: () => void,
    ) => void,
  ): unknown;
  all(path: string, handler: () => void): unknown;
}

/**
 * A route as a plugin of Fastify: the prefix under which it is registered is not sent on to the origin. Without an origin, the
 * routes of the instance on which it is registered answer.
 *
 * @example
 * await fastify.register(toFastify(createRoute({ steps: [guard], origin: "http://127.0.0.1:3000" })), { prefix: "/orders" });
 *
 * @category Gateway
 */
export function toFastify(
  route: Route,
): (fastify: FastifyLike, options: object, done: () => void) => void {
  const plugin = (fastify: FastifyLike, _: object, done: () => void): void => {
    const mountPath = fastify.prefix.replace(/\/$/, "");
    fastify.addHook("onRequest", (request, reply, next) => {
      const { raw } = request;
      const arrival = {
        native: request,
        mountPath,
        url: behind(mountPath, raw.url ?? "/"),
      };
      // Fastify waits for whoever has taken the reply, and leaves him alone.
      if (route.origin) reply.hijack();
      handle(route, { req: raw, res: reply.raw, arrival, next }).then(
        () => undefined,
        (error: unknown) => {
          breakOff(reply.raw, error);
        },
      );
    });
    if (route.origin)
      for (const path of ["/", "/*"]) fastify.all(path, () => undefined);
    done();
  };
  // Without an origin, its hook is for the routes beside it.
  return route.origin
    ? plugin
    : Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}
