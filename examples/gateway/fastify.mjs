// Functions before and after routes of Fastify: `node examples/gateway/fastify.mjs`, and the lines of curl that it prints.
import { toFastify } from "aws-lambda-connector/gateway";
import { routesOf } from "./routes.mjs";
import { show } from "./show.mjs";
import { framework, notListening, portAsked } from "./start.mjs";
import { startWorld } from "./world.mjs";

const port = portAsked();
const { default: fastify } = await framework("fastify", "Fastify");
const routes = routesOf(await startWorld());
const app = fastify();

for (const { path, route, isOwn } of routes)
  app.register(isOwn ? withHandlers(route) : toFastify(route), {
    prefix: path,
  });

/** A route without origin goes before the handlers beside which it is registered. */
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
  .catch((error) => notListening(error, port));
show(routes, {
  framework: "Fastify",
  port: app.server.address().port,
  who: "sidecars",
});
