import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from "node:http";
import { stripMountPath, removeTrailingSlash } from "../http/stripMountPath";
import { Route } from "../route/Route";
import { handleRequest } from "./node/handleRequest";

/** Options of {@link toNode}. */
export interface NodeOptions {
  /** Path at which the route is mounted; it is not sent to the origin. Other paths go to `next`. Defaults to the root. */
  readonly mountPath?: string;
}

/**
 * Creates a request listener for `http.Server` or `https.Server` from a route.
 *
 * @param next - Responds if the route has no origin, and to requests outside the mount path. Defaults to a 404 response.
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
  const path = removeTrailingSlash(mountPath);
  return (req, res) => {
    const url = stripMountPath(path, req.url ?? "/");
    if (url === undefined) {
      next(req, res);
      return;
    }
    void handleRequest(definition, {
      req,
      res,
      arrival: { native: req, mountPath: path, url },
      next: () => {
        next(req, res);
      },
    });
  };
}

function notFound(_: IncomingMessage, res: ServerResponse): void {
  res.writeHead(404, { "Content-Type": "text/plain" }).end("Not Found\n");
}
