import type { Exchange } from "../../http/Exchange";
import { isHeaderName } from "../../http/headerRules";
import type { Verdict } from "../../route/verdict/Verdict";
import type { CorsOptions } from "./CorsOptions";
import { NO_CORS_HEADERS } from "./createOriginHeaders";

const DEFAULT_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Longest list of headers that a browser may ask for, in characters. */
const MAX_ASKED_LENGTH = 4_096;

type Headers = Record<string, string>;

/**
 * Creates the function that responds to preflight requests. The headers that depend on the origin alone are set for every response.
 *
 * The method and the headers that the browser asks for are repeated if all are allowed: `*` does not include `Authorization`, and means
 * nothing for requests with credentials.
 */
export function createPreflight(
  options: CorsOptions,
): (exchange: Exchange, origin: { readonly isAllowed: boolean }) => Verdict {
  const { methods = DEFAULT_METHODS } = options;
  const constant = createConstantHeaders(options);
  return (exchange, { isAllowed }) => {
    const { headers } = exchange.request;
    const method = headers.get("access-control-request-method") ?? "";
    const fits =
      isAllowed &&
      (methods === "*" ? isHeaderName(method) : methods.includes(method));
    const asksForPrivate =
      headers.get("access-control-request-private-network") === "true";
    exchange.setResponseHeaders({
      Vary: VARY,
      ...(!fits && NO_CORS_HEADERS),
      ...(fits && {
        ...constant,
        "Access-Control-Allow-Methods":
          methods === "*" ? method : methods.join(", "),
        ...toAllowedHeaders(
          options,
          headers.get("access-control-request-headers"),
        ),
        ...(options.privateNetwork &&
          asksForPrivate && { "Access-Control-Allow-Private-Network": "true" }),
      }),
    });
    return { respond: { status: 204 } };
  };
}

const VARY =
  "Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network";

const createConstantHeaders = ({ maxAgeSeconds }: CorsOptions): Headers =>
  maxAgeSeconds === undefined
    ? {}
    : { "Access-Control-Max-Age": String(maxAgeSeconds) };

function toAllowedHeaders(
  { headers: allowed = "*" }: CorsOptions,
  asked: string | undefined,
): Headers {
  if (allowed !== "*")
    return allowed.length === 0
      ? {}
      : { "Access-Control-Allow-Headers": allowed.join(", ") };
  const names = (asked ?? "").split(",").map((name) => name.trim());
  const isValid =
    asked !== undefined &&
    asked.length <= MAX_ASKED_LENGTH &&
    names.every(isHeaderName);
  return isValid ? { "Access-Control-Allow-Headers": names.join(", ") } : {};
}
