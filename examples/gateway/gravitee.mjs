// Serves Gravitee's aws-lambda policy: run `node examples/gateway/gravitee.mjs`, then the curl commands that it prints.
// The argument selects the server: node, express, fastify or fetch.
import { HOSTS } from "./gravitee/hosts.mjs";
import { createRoutes } from "./gravitee/routes.mjs";
import { startEnvironment } from "./gravitee/environment.mjs";
import { readArguments, reportPortInUse } from "./start.mjs";
import { show } from "./show.mjs";

const { port, word } = readArguments(Object.keys(HOSTS));
const { caption, open } = HOSTS[word];
const routes = await createRoutes(await startEnvironment());
const server = await open(routes);

server.on("error", (error) => reportPortInUse(error, port));
server.listen(port, "127.0.0.1", () => {
  show(routes, {
    framework: caption,
    port: server.address().port,
    who: "policies",
  });
});
