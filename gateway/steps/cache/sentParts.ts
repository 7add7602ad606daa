import type { Exchange } from "../../http/Exchange";

/** Headers that name the trace. The gateway sends others for every request. */
export const TRACE_HEADERS: ReadonlySet<string> = new Set([
  "traceparent",
  "tracestate",
  "x-amzn-trace-id",
]);

/** What a header that the gateway sets for the origin is made from, besides the request's own. */
const SOURCES: Readonly<
  Record<string, (exchange: Exchange) => string | undefined>
> = {
  host: ({ request: { host, target } }) => `${target ?? ""} ${host ?? ""}`,
  "x-forwarded-for": ({ request }) => request.remoteAddress,
  "x-forwarded-proto": ({ request }) => request.scheme,
  "x-forwarded-host": ({ request }) => request.host,
  "x-forwarded-port": ({ request, connection }) =>
    `${request.headers.get("x-forwarded-proto") ?? ""} ${connection.localPort ?? ""}`,
};

/** What the origin receives for a header depends on these values: the gateway replaces some headers of the client. */
export function sentParts(
  exchange: Exchange,
  name: string,
): readonly (string | boolean | undefined)[] {
  const { request, originalRequest, trustedProxies } = exchange;
  const value = request.headers.get(name);
  const readSource = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (!readSource) return [value];
  return [
    value,
    originalRequest.headers.get(name),
    trustedProxies?.has(originalRequest.remoteAddress),
    readSource(exchange),
  ];
}
