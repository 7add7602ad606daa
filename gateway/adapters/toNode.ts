import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from "node:http";
import { behind, withoutSlash } from "../http/behind";
import { Route } from "../route/Route";
import { handle } from "./node/handle";

/** Where a route stands in a server of Node's. */
export interface NodeOptions {
  /** Path under which it stands: it is not sent on to the origin; what lies elsewhere is none of the route's. Absent: the root. */
  readonly mountPath?: string;
}

/**
 * A route as the listener of an `http.Server` or an `https.Server`.
 *
 * @param next - Whoever answers where the route has no origin of its own, and elsewhere. Absent: nobody, 404.
 *
 * @example
 * http.createServer(toNode(createRoute({ steps: [guard], origin: "http://127.0.0.1:3000" }))).listen(8080);
 *
 * @category Gateway
 */
export function toNode(
  route: Route,
  next: RequestListener = notFound,
  { mountPath = "" }: NodeOptions = {},
): (req: IncomingMessage, res: ServerResponse) => void {
  const definition = Route.definitionOf(route);
  const path = withoutSlash(mountPath);
  return (req, res) => {
    const url = behind(path, req.url ?? "/");
    if (url === undefined) {
      next(req, res);
      return;
    }
    void handle(definition, {
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
