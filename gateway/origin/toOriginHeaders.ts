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
      ...toTraceHeaders(exchange, options),
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

/**
 * The `X-Forwarded-*` headers. Values from the client count only if it is a trusted proxy; values from a step always count.
 */
function toForwardedHeaders(
  exchange: Exchange,
  { trustForwarded = false }: OriginOptions,
): HeaderEdit["set"] {
  const { request, originalRequest, trustedProxies, connection } = exchange;
  const { headers, remoteAddress, scheme, host } = request;
  const isTrusted =
    trustForwarded || trustedProxies?.has(originalRequest.remoteAddress);
  const kept = (name: string): string | undefined => {
    if (!isTrusted && headers === originalRequest.headers) return undefined;
    const value = headers.get(name);
    return isTrusted || value !== originalRequest.headers.get(name)
      ? value
      : undefined;
  };
  const addresses = [kept("x-forwarded-for"), remoteAddress].filter(
    (each) => each !== undefined,
  );
  const proto = kept("x-forwarded-proto");
  // A proxy that reports how the client connected to it, but not the port, leaves the port unknown: ours would not match.
  const port =
    proto === undefined ? connection.localPort?.toString() : undefined;
  return {
    "X-Forwarded-For": addresses.length > 0 ? addresses.join(", ") : [],
    "X-Forwarded-Proto": proto ?? scheme,
    "X-Forwarded-Host": kept("x-forwarded-host") ?? host ?? [],
    "X-Forwarded-Port": kept("x-forwarded-port") ?? port ?? [],
  };
}

/** The headers that name the trace. Values from a step always count. */
function toTraceHeaders(
  exchange: Exchange,
  { traceHeaders = true }: OriginOptions,
): HeaderEdit["set"] {
  if (!traceHeaders) return {};
  const { trace, request, originalRequest } = exchange;
  const { headers } = request;
  const isSet = (name: string): boolean =>
    headers !== originalRequest.headers &&
    headers.has(name) &&
    headers.get(name) !== originalRequest.headers.get(name);
  const set: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(trace.headers))
    if (!isSet(name)) set[name] = value as string;
  // It belongs to the `traceparent` that has been replaced.
  if (!trace.hasArrivedParent && !isSet("tracestate") && !isSet("traceparent"))
    set["tracestate"] = [];
  return set;
}
