import { frame } from "./framing";
import type { GatewayRequest } from "./GatewayRequest";
import type { OriginOptions } from "./originAt";

/** Verbs of which nobody expects a body, and where its absence is not said. */
const BODILESS = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/** What goes to the origin: the client's headers, and who he is. */
export function headersTo(
  to: URL,
  request: GatewayRequest,
  { keepHost }: OriginOptions,
): string[] {
  const { headers, body, scheme, host, remoteAddress, method } = request;
  const list = headers.edit({
    set: {
      // This side has answered it by then.
      Expect: [],
      Host: keepHost ? (host ?? to.host) : to.host,
      "X-Forwarded-For":
        remoteAddress === undefined
          ? undefined
          : [...headers.all("x-forwarded-for"), remoteAddress].join(", "),
      "X-Forwarded-Proto": headers.get("x-forwarded-proto") ?? scheme,
      "X-Forwarded-Host": headers.get("x-forwarded-host") ?? host,
      "Content-Length":
        body.source === undefined && !BODILESS.has(method) ? "0" : undefined,
    },
  });
  const lines = [...frame(list, body).lines];
  if (request.takesTrailers)
    lines.push("TE", "trailers", "Connection", "keep-alive, TE");
  return lines;
}
