import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from "node:http";
import type { Route } from "../core/Route";
import { handle } from "./node/handle";

/** Where a route stands in a server of Node's. */
export interface NodeOptions {
  /** Path under which it stands: it is not sent on to the origin. Absent: the root. */
  readonly mountPath?: string;
}

/**
 * A route as the listener of an `http.Server` or an `https.Server`.
 *
 * @param next - Whoever answers where the route has no origin of its own. Absent: nobody, 404.
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
  return (req, res) => {
    const url = req.url ?? "/";
    const arrival = { native: req, mountPath, url: behind(mountPath, url) };
    handle(route, {
      req,
      res: res,
      arrival,
      next: () => {
        next(req, res);
      },
    }).catch((error: unknown) => {
      breakOff(res, error);
    });
  };
}

/** What follows the path at which a route stands. */
export function behind(mountPath: string, url: string): string {
  const rest = url.startsWith(mountPath) ? url.slice(mountPath.length) : url;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** An answer that can't be finished is broken off, so that nobody takes it for whole. */
export function breakOff(res: ServerResponse, error: unknown): void {
  res.destroy(error instanceof Error ? error : undefined);
}

function notFound(_: IncomingMessage, res: ServerResponse): void {
  res.writeHead(404, { "Content-Type": "text/plain" }).end("Not Found\n");
}
