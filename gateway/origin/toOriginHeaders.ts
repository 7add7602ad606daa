import type { Exchange } from "../http/Exchange";
import { setFramingHeaders } from "../http/framing";
import type { HeaderEdit } from "../http/HeaderList";
import type { OriginOptions } from "./OriginOptions";
import { withoutLookalikes } from "./withoutLookalikes";

/** Methods that usually have no body: they need no `Content-Length: 0`. */
const BODILESS = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/** Headers for the origin: those of the request, and who sent it. */
export function toOriginHeaders(
  origin: URL,
  exchange: Exchange,
  options: OriginOptions,
): string[] {
  const { headers, body, host, method, acceptsTrailers } = exchange.request;
  const list = headers.edit({
    set: {
      // The server has responded to it already.
      Expect: [],
      Host: options.keepHost ? (host ?? origin.host) : origin.host,
      ...toForwardedHeaders(exchange, options),
      "Content-Length":
        body.source === undefined && !BODILESS.has(method) ? "0" : undefined,
    },
  });
  const own = withoutLookalikes(list, exchange);
  const lines = [...setFramingHeaders(own, body).lines];
  if (acceptsTrailers)
    lines.push("TE", "trailers", "Connection", "keep-alive, TE");
  return lines;
}

/** The `X-Forwarded-*` headers. Values from the client count only with `trustForwarded`; values from a step always count. */
function toForwardedHeaders(
  { request, originalRequest }: Exchange,
  { trustForwarded }: OriginOptions,
): HeaderEdit["set"] {
  const { headers, remoteAddress, scheme, host } = request;
  const trusted = (name: string): string | undefined => {
    if (!trustForwarded && headers === originalRequest.headers)
      return undefined;
    const value = headers.get(name);
    const isTrusted =
      trustForwarded === true || value !== originalRequest.headers.get(name);
    return isTrusted ? value : undefined;
  };
  const addresses = [trusted("x-forwarded-for"), remoteAddress].filter(
    (each) => each !== undefined,
  );
  return {
    "X-Forwarded-For": addresses.length > 0 ? addresses.join(", ") : [],
    "X-Forwarded-Proto": trusted("x-forwarded-proto") ?? scheme,
    "X-Forwarded-Host": trusted("x-forwarded-host") ?? host ?? [],
  };
}
