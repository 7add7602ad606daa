import type { Body } from "./Body";
import { HOP_BY_HOP_HEADERS } from "./headerRules";
import type { HeaderList } from "./HeaderList";

const HOP_BY_HOP: ReadonlySet<string> = new Set(HOP_BY_HOP_HEADERS);

/**
 * `Connection` options that remove no other header. `Host`, the framing headers and what proxies report about the client must stay
 * whatever `Connection` says.
 */
const IGNORED_OPTIONS = new Set([
  ...HOP_BY_HOP,
  "close",
  "host",
  "content-length",
  "trailer",
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
  "",
]);

/** The other headers that a `Connection` header declares as hop-by-hop, in lower case. */
export function headersNamedInConnection(
  connection: string | undefined,
): readonly string[] {
  if (connection === undefined || IGNORED_OPTIONS.has(connection.toLowerCase()))
    return [];
  const names = connection.split(",").map((name) => name.trim().toLowerCase());
  return names.filter((name) => !IGNORED_OPTIONS.has(name));
}

/**
 * Removes the hop-by-hop headers, also those that `Connection` names. This happens before any step runs: afterwards, the sender could
 * name a header that a step has set.
 */
export function removeHopByHopHeaders(headers: HeaderList): HeaderList {
  const named = headersNamedInConnection(headers.get("connection"));
  return headers.without(
    named.length > 0 ? new Set([...HOP_BY_HOP, ...named]) : HOP_BY_HOP,
  );
}

/** Whether the sender of these headers accepts trailers. */
export const acceptsTrailers = (headers: HeaderList): boolean =>
  /\btrailers\b/i.test(headers.get("te") ?? "");

/** Whether the response to a request with this method, or with this status, has no body (RFC 9110, 6.4.1). */
export const isBodiless = (method: string, status: number): boolean =>
  method === "HEAD" || status === 204 || status === 304;

/** The length that these headers announce. `undefined` if they announce none. */
export function announcedLengthOf(headers: HeaderList): number | undefined {
  const length = headers.get("content-length");
  return length === undefined ? undefined : Number(length);
}

/** Sets the headers that describe the length of the body: `Content-Length` or `Transfer-Encoding`, and `Trailer`. */
export function setFramingHeaders(headers: HeaderList, body: Body): HeaderList {
  const { source } = body;
  if (source instanceof Uint8Array)
    return body.trailers().length === 0
      ? headers
          .without(["trailer"])
          .with("Content-Length", String(source.length))
      : // Trailers need chunked encoding.
        headers
          .without(["content-length"])
          .with("Transfer-Encoding", "chunked");
  // The length of a stream is compared with the header while it is sent.
  if (source === undefined || headers.has("content-length"))
    return headers.without(["trailer"]);
  return headers.with("Transfer-Encoding", "chunked");
}
