import type { Exchange } from "../http/Exchange";
import type { GatewayResponse } from "../http/GatewayResponse";

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

/** Adds values to those of a `Vary` header, without repeating any. */
export function mergeVary(
  current: string | undefined,
  added: string | readonly string[],
): string {
  const all = [current ?? "", ...[added].flat()]
    .flatMap((each) => each.split(","))
    .map((each) => each.trim())
    .filter(Boolean);
  if (all.includes("*")) return "*";
  const unique = new Map(all.map((each) => [each.toLowerCase(), each]));
  return [...unique.values()].join(", ");
}
