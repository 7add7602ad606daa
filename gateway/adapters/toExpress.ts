import type { ServerResponse } from "node:http";
import { parseMountPath, type Location } from "../http/MountPath";
import { toOriginForm } from "../http/requestTarget";
import { Route } from "../route/Route";
import { createParserFinder } from "./node/findBodyParser";
import { handleRequest } from "./node/handleRequest";
import { toArrival } from "./node/toArrival";
import type { NodeRequest } from "./node/toExchange";

/** An Express middleware. */
export type ExpressHandler = (
  req: NodeRequest,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Options of {@link toExpress}. */
export interface ExpressOptions {
  /**
   * Path at which the route is mounted, beginning with `/`, for `app.use(toExpress(route, { mountPath: "/orders" }))`. Express compares
   * paths as they are spelled and calls no middleware of `app.use("/orders", …)` for `/%6frders`, which `express.static` and routes with
   * parameters read as the same path. With this option, such a path is answered with status 400; other paths go to the next handler.
   * Defaults to the path at which Express mounts the middleware.
   */
  readonly mountPath?: string | undefined;
}

/**
 * Creates an Express middleware from a route. The path at which it is mounted is not sent to the origin. Without an origin, later
 * Express handlers respond. Mount it before body parsers.
 *
 * @throws `ERR_INVALID_INPUT` if `mountPath` is not a path.
 *
 * @example
 * const route = createRoute({
 *   steps: [guard],
 *   origin: "http://127.0.0.1:3000",
 * });
 * app.use(toExpress(route, { mountPath: "/orders" }));
 *
 * @category Gateway
 */
export function toExpress(
  route: Route,
  { mountPath = "" }: ExpressOptions = {},
): ExpressHandler {
  const definition = Route.definitionOf(route);
  const path = parseMountPath("toExpress", mountPath);
  const findParserOnce = createParserFinder();
  const handler: ExpressHandler = (req, res, next) => {
    const location = path.locate(req.url ?? "/");
    if (location.kind === "outside") {
      next();
      return;
    }
    const arrival = toArrival(req, belowExpressMount(req, location));
    const bodyParser = findParserOnce(req, handler);
    void handleRequest(definition, { req, res, arrival, next, bodyParser });
  };
  return handler;
}

/** Adds the path at which Express has mounted the middleware. */
function belowExpressMount(req: NodeRequest, location: Location): Location {
  const { baseUrl = "" } = req;
  if (location.kind !== "inside" || baseUrl === "") return location;
  const { mountPath, url } = location;
  return {
    kind: "inside",
    mountPath: baseUrl + mountPath,
    url: mountPath !== "" || hasSlash(req) ? url : url.slice(1),
  };
}

/** Whether the client sent the slash after the mount path. Express adds one if it is missing. */
function hasSlash({ originalUrl = "/", baseUrl = "" }: NodeRequest): boolean {
  const target = toOriginForm(originalUrl) ?? "/";
  return !(
    target.startsWith(baseUrl) && /^(\?|$)/.test(target.slice(baseUrl.length))
  );
}
