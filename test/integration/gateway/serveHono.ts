import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";

/** What is used of Hono and its server: its types speak of a browser, which we have not. */
interface HonoLike {
  all(
    path: string,
    handler: (c: {
      readonly req: { readonly raw: Request };
    }) => Response | Promise<Response>,
  ): unknown;
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

const require_ = createRequire(__filename);
const { Hono } = require_("hono") as { Hono: new () => HonoLike };
const { serve } = require_("@hono/node-server") as {
  serve: (options: object) => Server;
};

/** A Hono app on Node, with these handlers at these paths. */
export async function serveHono(
  handlers: Record<string, (request: Request) => Response | Promise<Response>>,
): Promise<Server> {
  const app = new Hono();
  for (const [path, handler] of Object.entries(handlers))
    app.all(path, (c) => handler(c.req.raw));
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  return server;
}
