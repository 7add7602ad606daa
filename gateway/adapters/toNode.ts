import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from "node:http";
import { parseMountPath } from "../http/MountPath";
import { Route } from "../route/Route";
import { createParserFinder } from "./node/findBodyParser";
import { handleRequest } from "./node/handleRequest";
import { toArrival } from "./node/toArrival";

/** Options of {@link toNode}. */
export interface NodeOptions {
  /**
   * Path at which the route is mounted, beginning with `/`; it is not sent to the origin. It is compared without regard to case. Other
   * paths go to `next`. A path that some server could read as below it, for example `/%61pi`, `//api` or `/x/../api` for `/api`, is
   * answered with status 400. Defaults to the root.
   */
  readonly mountPath?: string | undefined;
}

/**
 * Creates a request listener for `http.Server` or `https.Server` from a route.
 *
 * @param next - Responds if the route has no origin, and to requests outside the mount path. Defaults to a 404 response.
 * @throws `ERR_INVALID_INPUT` if `mountPath` is not a path.
 *
 * @example
 * const route = createRoute({
 *   steps: [guard],
 *   origin: "http://127.0.0.1:3000",
 * });
 * http.createServer(toNode(route)).listen(8080);
 *
 * @category Gateway
 */
export function toNode(
  route: Route,
  next: RequestListener = notFound,
  { mountPath = "" }: NodeOptions = {},
): (req: IncomingMessage, res: ServerResponse) => void {
  const definition = Route.definitionOf(route);
  const path = parseMountPath("toNode", mountPath);
  const findParserOnce = createParserFinder();
  const handler = (req: IncomingMessage, res: ServerResponse): void => {
    const location = path.locate(req.url ?? "/");
    if (location.kind === "outside") {
      next(req, res);
      return;
    }
    void handleRequest(definition, {
      req,
      res,
      arrival: toArrival(req, location),
      next: () => {
        next(req, res);
      },
      bodyParser: findParserOnce(req, handler),
    });
  };
  return handler;
}

function notFound(_: IncomingMessage, res: ServerResponse): void {
  res.writeHead(404, { "Content-Type": "text/plain" }).end("Not Found\n");
}
