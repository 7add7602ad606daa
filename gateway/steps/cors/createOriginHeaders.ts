import type { ResponseHeaders } from "../../http/Exchange";
import type { CorsOptions } from "./CorsOptions";

const ALLOW_ORIGIN = "Access-Control-Allow-Origin";

/** The headers of the CORS protocol in a response, removed. */
export const NO_CORS_HEADERS: ResponseHeaders = Object.fromEntries(
  [
    ALLOW_ORIGIN,
    "Access-Control-Allow-Credentials",
    "Access-Control-Expose-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Private-Network",
    "Access-Control-Max-Age",
  ].map((name) => [name, []]),
);

/**
 * Creates the function that makes the headers of every response. If they depend on the origin, all responses name it in `Vary`, also those
 * to requests without one: a cache would otherwise return them to every origin.
 */
export function createOriginHeaders(
  options: CorsOptions,
): (request: {
  readonly origin: string | undefined;
  readonly isAllowed: boolean;
}) => ResponseHeaders {
  const { origins, exposeHeaders = [], credentials } = options;
  const exposed = [exposeHeaders].flat().join(", ");
  const vary = origins === "*" ? {} : { Vary: "Origin" };
  const denied: ResponseHeaders = { ...NO_CORS_HEADERS, ...vary };
  const allowed: ResponseHeaders = {
    ...denied,
    [ALLOW_ORIGIN]: "*",
    ...(credentials && { "Access-Control-Allow-Credentials": "true" }),
    ...(exposed !== "" && { "Access-Control-Expose-Headers": exposed }),
  };
  return ({ origin, isAllowed }) => {
    if (!isAllowed) return denied;
    return origins === "*"
      ? allowed
      : { ...allowed, [ALLOW_ORIGIN]: origin ?? "*" };
  };
}
