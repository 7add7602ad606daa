// The four servers. Each mounts every route at its path.
import { createServer } from "node:http";
import {
  toExpress,
  toFastify,
  toFetch,
  toNode,
} from "aws-lambda-connector/gateway";
import { importFramework } from "../start.mjs";

export const HOSTS = {
  node: {
    caption: "node:http",
    open: async (routes) =>
      createServer(
        routes.reduce(
          (next, { path, route }) => toNode(route, next, { mountPath: path }),
          (_, res) => res.writeHead(404).end(),
        ),
      ),
  },
  express: {
    caption: "Express",
    open: async (routes) => {
      const app = (await importFramework("express", "Express")).default();
      for (const { path, route } of routes) app.use(path, toExpress(route));
      return createServer(app);
    },
  },
  fastify: {
    caption: "Fastify",
    open: async (routes) => {
      const app = (await importFramework("fastify", "Fastify")).default();
      for (const { path, route } of routes)
        app.register(toFastify(route), { prefix: path });
      await app.ready();
      return app.server;
    },
  },
  fetch: {
    caption: "Hono",
    open: async (routes) => {
      const { Hono } = await importFramework("hono", "Hono", "4");
      const { createAdaptorServer } = await importFramework(
        "@hono/node-server",
        "Hono's server",
        "2",
      );
      const app = new Hono();
      for (const { path, route } of routes) {
        const handler = toFetch(route, undefined, { mountPath: path });
        app.all(`${path}/*`, ({ req }) => handler(req.raw));
      }
      return createAdaptorServer({ fetch: app.fetch });
    },
  },
};
