import type { ServerResponse } from "node:http";
import { toOriginForm } from "../http/stripMountPath";
import { Route } from "../route/Route";
import { handleRequest } from "./node/handleRequest";
import type { NodeRequest } from "./node/toExchange";

/** An Express middleware. */
export type ExpressHandler = (
  req: NodeRequest,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Creates an Express middleware from a route. The path at which it is mounted is not sent to the origin. Without an origin, later
 * Express handlers respond. Mount it before body parsers.
 *
 * @example
 * const route = createRoute({
 *   steps: [guard],
 *   origin: "http://127.0.0.1:3000",
 * });
 * app.use("/orders", toExpress(route));
 *
 * @category Gateway
 */
export function toExpress(route: Route): ExpressHandler {
  const definition = Route.definitionOf(route);
  return (req, res, next) => {
    const { url = "/", baseUrl: mountPath = "" } = req;
    const target = toOriginForm(url);
    const arrival = {
      native: req,
      mountPath,
      url: hasSlash(req) ? target : target.slice(1),
    };
    void handleRequest(definition, { req, res, arrival, next });
  };
}

/** Whether the client sent the slash after the mount path. Express adds one if it is missing. */
function hasSlash({ originalUrl, baseUrl = "" }: NodeRequest): boolean {
  const target = toOriginForm(originalUrl ?? "/");
  return !(
    target.startsWith(baseUrl) && /^(\?|$)/.test(target.slice(baseUrl.length))
  );
}
