import { Body } from "../../http/Body";
import type { GatewayResponse } from "../../http/GatewayResponse";
import type { CacheRequest } from "./CacheRequest";

/** Headers that describe a body, which a 304 response does not have. */
const CONTENT_HEADERS = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-type",
  "trailer",
];

/** Whether the client has this response already: RFC 9111, 4.3.2. */
export function isNotModified(
  { status, headers }: GatewayResponse,
  request: CacheRequest,
): boolean {
  if (status < 200 || status > 299) return false;
  const tags = request.header("if-none-match");
  if (tags !== undefined) return matchesTag(tags, headers.get("etag"));
  const since = request.header("if-modified-since");
  if (since === undefined) return false;
  const modified = headers.get("last-modified") ?? headers.get("date") ?? "";
  // A comparison with an invalid date is false.
  return Date.parse(modified) <= Date.parse(since);
}

/** The 304 response in its place. The body of the response is not discarded. */
export const toNotModified = (response: GatewayResponse): GatewayResponse =>
  response.with({
    status: 304,
    statusText: undefined,
    headers: response.headers.without(CONTENT_HEADERS),
    body: new Body(),
  });

/** An entity tag. The pattern takes linear time. */
const TAG = /(?:W\/)?("[^"]*")/g;

/** Weak comparison of entity tags: RFC 9110, 8.8.3.2. */
function matchesTag(tags: string, etag: string | undefined): boolean {
  if (etag === undefined) return tags.trim() === "*";
  const [, wanted] = /^(?:W\/)?("[^"]*")$/.exec(etag.trim()) ?? [];
  if (tags.trim() === "*") return true;
  for (const [, tag] of tags.matchAll(TAG)) if (tag === wanted) return true;
  return false;
}
