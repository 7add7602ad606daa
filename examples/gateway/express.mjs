// Functions before and after routes of Express: `node examples/gateway/express.mjs`, and the lines of curl that it prints.
import { toExpress } from "aws-lambda-connector/gateway";
import { routesOf } from "./routes.mjs";
import { show } from "./show.mjs";
import { framework, notListening, portAsked } from "./start.mjs";
import { startWorld } from "./world.mjs";

const port = portAsked();
const { default: express } = await framework("express", "Express");
const routes = routesOf(await startWorld());
const app = express();

// A route stands at its path as any middleware does, and before body parsers.
for (const { path, route } of routes) app.use(path, toExpress(route));

// Behind a route without origin stands a handler of the application's own.
app.get("/own/orders/:id", (req, res) => {
  res.json({ order: req.params.id, partner: req.get("x-partner") });
});

const server = app.listen(port, "127.0.0.1", (error) => {
  if (error) notListening(error, port);
  show(routes, {
    framework: "Express",
    port: server.address().port,
    who: "sidecars",
  });
});
