import type { ServerResponse } from "node:http";
import { originForm } from "../http/behind";
import { Route } from "../route/Route";
import { handle } from "./node/handle";
import type { NodeRequest } from "./node/toExchange";

/** What Express calls a middleware, in words of Node's. */
export type ExpressHandler = (
  req: NodeRequest,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * A route as a middleware of Express: the path at which it is mounted is not sent on to the origin. Without an origin, the routes
 * behind it answer. Mount it before body parsers.
 *
 * @example
 * app.use("/orders", toExpress(createRoute({ steps: [guard], origin: "http://127.0.0.1:3000" })));
 *
 * @category Gateway
 */
export function toExpress(route: Route): ExpressHandler {
  const definition = Route.definitionOf(route);
  return (req, res, next) => {
    const { url = "/", baseUrl: mountPath = "" } = req;
    const own = originForm(url);
    const arrival = {
      native: req,
      mountPath,
      url: hasSlash(req) ? own : own.slice(1),
    };
    void handle(definition, { req, res, arrival, next });
  };
}

/** Express puts a slash where the path of the route itself is asked for: the client may have written none. */
function hasSlash({ originalUrl, baseUrl = "" }: NodeRequest): boolean {
  const asked = originForm(originalUrl ?? "/");
  return !(
    asked.startsWith(baseUrl) && /^(\?|$)/.test(asked.slice(baseUrl.length))
  );
}
