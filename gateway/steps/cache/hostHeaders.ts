import type { Exchange } from "../../http/Exchange";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { HeaderList } from "../../http/HeaderList";

/** The headers that earlier handlers of the host have set for this exchange. `undefined` if there are none. */
export function readHostHeaders({ record }: Exchange): HeaderList | undefined {
  const lines = record.readHostHeaders?.() ?? [];
  return lines.length === 0 ? undefined : new HeaderList(lines);
}

/** A response without the headers that were set for its exchange before it was made: they can be for its client only. */
export function withoutHostHeaders(
  response: GatewayResponse,
  hostHeaders: HeaderList | undefined,
): GatewayResponse {
  if (!hostHeaders) return response;
  const { headers } = response;
  const names = hostHeaders
    .names()
    .filter((name) => headers.get(name) === hostHeaders.get(name));
  return response.with({ headers: headers.without(names) });
}

/** A stored response with the headers that have been set for this exchange. */
export function withHostHeaders(
  response: GatewayResponse,
  exchange: Exchange,
): GatewayResponse {
  const hostHeaders = readHostHeaders(exchange);
  if (!hostHeaders) return response;
  const { headers } = response;
  const own = hostHeaders.without(headers.names());
  return response.with({
    headers: new HeaderList([...own.lines, ...headers.lines]),
  });
}
