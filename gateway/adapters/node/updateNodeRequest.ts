import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Exchange } from "../../http/Exchange";
import {
  setFramingHeaders,
  headersNamedInConnection,
} from "../../http/framing";
import { HeaderList } from "../../http/HeaderList";
import { HOP_BY_HOP_HEADERS } from "../../http/headerRules";
import type { NodeRequest } from "./toExchange";

/** Applies the changes of the steps to the request object of a Node server, for the host's next handler. */
export async function updateNodeRequest(
  req: NodeRequest,
  { originalRequest: arrived, request }: Exchange,
): Promise<void> {
  const { headers, body } = request;
  const isReplaced = body !== arrived.body;
  if (isReplaced) replaceParsedBody(req, body.source as Uint8Array);
  if (body.source instanceof Uint8Array) await replaceStream(req, body.source);
  // Steps have not seen the headers that `Connection` names, nor a `Host` that does not count, so the next handler must not see them either.
  const isSeen =
    headersNamedInConnection(req.headers.connection).length === 0 &&
    (req.httpVersionMajor > 1 || req.headers.host === headers.get("host"));
  if (request === arrived && isSeen) return;
  const all = new HeaderList([...headers.lines, ...hopByHopHeadersOf(req)]);
  const lines = isReplaced
    ? setFramingHeaders(
        all.without(["content-length", "transfer-encoding"]),
        body,
      )
    : all;
  if (req.httpVersionMajor > 1) replaceHttp2Headers(req, lines);
  else {
    req.rawHeaders = [...lines.lines];
    req.headers = toJoinedHeaders(lines);
    req.headersDistinct = toDistinctHeaders(lines);
  }
}

/** Replaces the headers of an HTTP/2 request, which its class has as getters, and keeps the pseudo-headers. */
function replaceHttp2Headers(req: NodeRequest, lines: HeaderList): void {
  const pseudo = Object.entries(req.headers).filter(([name]) =>
    name.startsWith(":"),
  );
  const replaced = {
    rawHeaders: [...(pseudo.flat() as string[]), ...lines.lines],
    headers: { ...Object.fromEntries(pseudo), ...toJoinedHeaders(lines) },
  };
  for (const [name, value] of Object.entries(replaced))
    Object.defineProperty(req, name, { value, configurable: true });
}

/** The hop-by-hop headers, which the host still needs. `Connection` no longer names other headers. */
function hopByHopHeadersOf({
  rawHeaders,
  headers,
}: NodeRequest): readonly string[] {
  const named = new Set(headersNamedInConnection(headers.connection));
  return rawHeaders.flatMap((name, at) => {
    if (at % 2 !== 0 || !HOP_BY_HOP_HEADERS.includes(name.toLowerCase()))
      return [];
    const value = rawHeaders[at + 1] ?? "";
    if (name.toLowerCase() !== "connection") return [name, value];
    const options = value.split(",").map((option) => option.trim());
    const kept = options.filter((option) => !named.has(option.toLowerCase()));
    return kept.length > 0 ? [name, kept.join(", ")] : [];
  });
}

/** Replaces `req.body`, which a body parser has set from the old body. */
function replaceParsedBody(req: NodeRequest, bytes: Uint8Array): void {
  const { body } = req;
  if (body === undefined) return;
  if (typeof body === "string") req.body = Buffer.from(bytes).toString();
  else if (body instanceof Uint8Array) req.body = Buffer.from(bytes);
  else
    throw new Error(
      "a step replaced a body that a body parser has already parsed; mount the route before body parsers",
    );
}

/** Resets the stream of a request, so that it can be read again with these bytes. */
async function replaceStream(
  req: NodeRequest,
  bytes: Uint8Array,
): Promise<void> {
  // The rest of the old body must not mix with the new one.
  if (!req.closed) await finished(req.resume(), { writable: false });
  // Calling the Readable constructor on the object again resets its stream state, without changing its socket.
  Reflect.apply(Readable as unknown as () => void, req, []);
  // Node discards unread bodies, depending on this flag.
  (req as { _consumed?: boolean })._consumed = false;
  if (bytes.length > 0) req.push(bytes);
  req.push(null);
}

/** Headers of which Node keeps only the first value ({@link https://nodejs.org/api/http.html#messageheaders}). */
const FIRST_ONLY = new Set([
  "age",
  "authorization",
  "content-length",
  "content-type",
  "etag",
  "expires",
  "from",
  "host",
  "if-modified-since",
  "if-unmodified-since",
  "last-modified",
  "location",
  "max-forwards",
  "proxy-authorization",
  "referer",
  "retry-after",
  "server",
  "user-agent",
]);

/** `req.headers`, joined as Node joins them. */
function toJoinedHeaders(headers: HeaderList): NodeJS.Dict<string | string[]> {
  const all: NodeJS.Dict<string | string[]> = {};
  for (const name of headers.names()) {
    const values = headers.getAll(name);
    all[name] =
      name === "set-cookie"
        ? values
        : FIRST_ONLY.has(name)
          ? values[0]
          : headers.get(name);
  }
  return all;
}

function toDistinctHeaders(headers: HeaderList): NodeJS.Dict<string[]> {
  const all: NodeJS.Dict<string[]> = Object.create(null) as NodeJS.Dict<
    string[]
  >;
  for (const name of headers.names()) all[name] = headers.getAll(name);
  return all;
}
