import { Router } from "./Router";
import type { RouterOptions } from "./RouterOptions";

/**
 * Creates a router: a route that chooses one of several routes by method and path. Every adapter takes it. Paths are compared segment by
 * segment, as the client spelled them, so that an encoded slash does not separate segments.
 *
 * A request is refused with status 400 if its path has dot segments, or if a server that reads it differently would choose another route, for
 * example `/%2561dmin` or `//admin` beside a route `/admin`: the steps of that route would be skipped.
 *
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const router = createRouter({
 *   routes: {
 *     "GET /orders/{id}": { steps: [guard], origin: "http://127.0.0.1:3000" },
 *     "ANY /static/{path+}": { origin: "http://127.0.0.1:3001" },
 *   },
 * });
 * http.createServer(toNode(router)).listen(8080);
 *
 * @category Gateway
 */
export const createRouter = (options: RouterOptions): Router =>
  Router.from(options);
