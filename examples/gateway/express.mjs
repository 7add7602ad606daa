// Functions before and after routes of Express: run `node examples/gateway/express.mjs`, then the curl commands that it prints.
import { toExpress } from "aws-lambda-connector/gateway";
import { routesOf } from "./routes.mjs";
import { show } from "./show.mjs";
import { importFramework, reportPortInUse, readPort } from "./start.mjs";
import { startWorld } from "./world.mjs";

const port = readPort();
const { default: express } = await importFramework("express", "Express");
const routes = routesOf(await startWorld());
const app = express();

// Mount routes like any middleware, before body parsers.
for (const { path, route } of routes) app.use(path, toExpress(route));

// A route without an origin passes requests on to this handler.
app.get("/own/orders/:id", (req, res) => {
  res.json({ order: req.params.id, partner: req.get("x-partner") });
});

const server = app.listen(port, "127.0.0.1", (error) => {
  if (error) reportPortInUse(error, port);
  show(routes, {
    framework: "Express",
    port: server.address().port,
    who: "sidecars",
  });
});
