// Functions before and after routes of Fastify: run `node examples/gateway/fastify.mjs`, then the curl commands that it prints.
import { toFastify } from "aws-lambda-connector/gateway";
import { routesOf } from "./routes.mjs";
import { show } from "./show.mjs";
import { importFramework, reportPortInUse, readPort } from "./start.mjs";
import { startWorld } from "./world.mjs";

const port = readPort();
const { default: fastify } = await importFramework("fastify", "Fastify");
const routes = routesOf(await startWorld());
const app = fastify();

for (const { path, route, isOwn } of routes)
  app.register(isOwn ? withHandlers(route) : toFastify(route), {
    prefix: path,
  });

/** Registers a route without an origin together with the handlers that it passes requests on to. */
function withHandlers(route) {
  return async (own) => {
    own.register(toFastify(route));
    own.get("/orders/:id", async ({ params, headers }) => ({
      order: params.id,
      partner: headers["x-partner"],
    }));
  };
}

await app
  .listen({ port, host: "127.0.0.1" })
  .catch((error) => reportPortInUse(error, port));
show(routes, {
  framework: "Fastify",
  port: app.server.address().port,
  who: "sidecars",
});
