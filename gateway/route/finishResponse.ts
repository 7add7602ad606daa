import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";
import { mergeVary } from "../http/HeaderList";

/** Adds the headers that steps have set with `setResponseHeaders`. */
export function finishResponse(
  { responseHeaders }: Exchange,
  response: GatewayResponse,
): GatewayResponse {
  if (!responseHeaders) return response;
  const set = Object.fromEntries(
    Object.entries(responseHeaders).map(([name, value]) => [
      name,
      name.toLowerCase() === "vary"
        ? mergeVary(response.headers.get("vary"), value)
        : value,
    ]),
  );
  return response.with({ headers: response.headers.edit({ set }) });
}
