import type { Exchange } from "../../http/Exchange";
import type { Step } from "../../route/Step";
import { throwIssues } from "../../route/throwIssues";
import type { CorsOptions } from "./CorsOptions";
import { findCorsIssues } from "./corsRules";
import { createOriginHeaders } from "./createOriginHeaders";
import { createPreflight } from "./createPreflight";
import { toOriginCheck } from "./matchOrigin";

/**
 * Creates a step for cross-origin requests of browsers (CORS). It responds to preflight requests itself, with 204, and sets the
 * `Access-Control-…` headers of every other response, also of errors, refusals and responses of other steps. Those of the origin are
 * replaced, as API Gateway's HTTP APIs do. Put it before all other steps: preflight requests have neither cookies nor API keys, and an
 * error without these headers looks to a page like a network failure.
 *
 * The response to an origin that is not allowed has none of the headers, so that the browser keeps it from the page: the request itself is
 * not refused. The same applies to a preflight request for a method that is not allowed. CORS protects the users of browsers. It is not
 * access control, because other clients ignore it.
 *
 * On a route without an origin, the next handler of the host may replace the headers. Nothing is kept in memory.
 *
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const route = createRoute({
 *   steps: [cors({ origins: ["https://shop.example"], maxAgeSeconds: 600 })],
 *   origin: "http://127.0.0.1:3000",
 * });
 *
 * @see {@link https://fetch.spec.whatwg.org/#http-cors-protocol | Fetch, 3.3: CORS protocol}
 *
 * @category Gateway
 */
export function cors(options: CorsOptions): Step {
  throwIssues("cors", findCorsIssues(options));
  const { name = "cors", origins } = options;
  const isAllowed = origins === "*" ? () => true : toOriginCheck(origins);
  const headersFor = createOriginHeaders(options);
  const respondToPreflight = createPreflight(options);
  /** Returns whether the origin is allowed. */
  const setHeaders = async (exchange: Exchange): Promise<boolean> => {
    const origin = exchange.request.headers.get("origin");
    // A function in JavaScript can return anything. Only `true` allows an origin.
    const verdict: unknown =
      origin === undefined
        ? origins === "*"
        : await isAllowed(origin, exchange);
    const isOpen = verdict === true;
    exchange.setResponseHeaders(headersFor({ origin, isAllowed: isOpen }));
    return isOpen;
  };
  return {
    name,
    beforeRefusal: setHeaders,
    request: async (exchange) => {
      const isOpen = await setHeaders(exchange);
      return isPreflight(exchange)
        ? respondToPreflight(exchange, { isAllowed: isOpen })
        : undefined;
    },
  };
}

/** A request of a browser that asks whether another one is allowed. */
const isPreflight = ({ request: { method, headers } }: Exchange): boolean =>
  method === "OPTIONS" &&
  headers.has("origin") &&
  headers.has("access-control-request-method");
