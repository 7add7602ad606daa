import type { Exchange } from "../http/Exchange";
import { frame } from "../http/framing";
import type { HeaderEdit } from "../http/HeaderList";
import type { OriginOptions } from "./OriginOptions";

/** Verbs of which nobody expects a body, and where its absence is not said. */
const BODILESS = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

/** What goes to the origin: the client's headers, and who he is. */
export function headersTo(
  to: URL,
  exchange: Exchange,
  options: OriginOptions,
): string[] {
  const { headers, body, host, method, takesTrailers } = exchange.request;
  const list = headers.edit({
    set: {
      // This side has answered it by then.
      Expect: [],
      Host: options.keepHost ? (host ?? to.host) : to.host,
      ...forwarded(exchange, options),
      "Content-Length":
        body.source === undefined && !BODILESS.has(method) ? "0" : undefined,
    },
  });
  const lines = [...frame(list, body).lines];
  if (takesTrailers)
    lines.push("TE", "trailers", "Connection", "keep-alive, TE");
  return lines;
}

/** Who asks, and how, as it is known here; a client's own word counts where he is trusted, a step's always. */
function forwarded(
  { request, arrived }: Exchange,
  { trustForwarded }: OriginOptions,
): HeaderEdit["set"] {
  const { headers, remoteAddress, scheme, host } = request;
  const said = (name: string): string | undefined => {
    if (!trustForwarded && headers === arrived.headers) return undefined;
    const value = headers.get(name);
    const counts =
      trustForwarded === true || value !== arrived.headers.get(name);
    return counts ? value : undefined;
  };
  const via = [said("x-forwarded-for"), remoteAddress].filter(
    (each) => each !== undefined,
  );
  return {
    "X-Forwarded-For": via.length > 0 ? via.join(", ") : [],
    "X-Forwarded-Proto": said("x-forwarded-proto") ?? scheme,
    "X-Forwarded-Host": said("x-forwarded-host") ?? host ?? [],
  };
}
