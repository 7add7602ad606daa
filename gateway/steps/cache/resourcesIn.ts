import type { GatewayRequest } from "../../http/GatewayRequest";
import type { GatewayResponse } from "../../http/GatewayResponse";
import { toResource } from "./CacheRequest";

/** The resources that a response names in `Location` and `Content-Location`, if they are on the same server as the request. */
export function resourcesIn(
  { headers }: GatewayResponse,
  request: GatewayRequest,
): string[] {
  const { uri } = request;
  if (!URL.canParse(uri)) return [];
  return ["location", "content-location"].flatMap((name) => {
    const location = headers.get(name);
    if (location === undefined || !URL.canParse(location, uri)) return [];
    const { origin, pathname, search } = new URL(location, uri);
    return origin === new URL(uri).origin
      ? toResource(request, `${pathname}${search}`)
      : [];
  });
}
