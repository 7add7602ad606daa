import { once } from "node:events";
import { serve as serveOnNode } from "@hono/node-server";
import { toFetch } from "aws-lambda-connector/gateway";
import { Hono } from "hono";

export async function serve(route) {
  const handle = toFetch(route);
  const app = new Hono().all("*", ({ req }) => handle(req.raw));
  const server = serveOnNode({
    fetch: app.fetch,
    port: 0,
    hostname: "127.0.0.1",
  });
  await once(server, "listening");
  return server;
}
