// Gravitee's aws-lambda policy before and after routes: `node examples/gateway/gravitee.mjs`, and the lines of curl that it prints.
// A word says in which server: node, express, fastify or fetch.
import { HOSTS } from "./gravitee/hosts.mjs";
import { routesOf } from "./gravitee/routes.mjs";
import { startWorld } from "./gravitee/world.mjs";
import { asked, notListening } from "./start.mjs";
import { show } from "./show.mjs";

const { port, word } = asked(Object.keys(HOSTS));
const { caption, open } = HOSTS[word];
const routes = await routesOf(await startWorld());
const server = await open(routes);

server.on("error", (error) => notListening(error, port));
server.listen(port, "127.0.0.1", () => {
  show(routes, {
    framework: caption,
    port: server.address().port,
    who: "policies",
  });
});
