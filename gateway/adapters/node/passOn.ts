import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Exchange } from "../../http/Exchange";
import { frame, namedBy } from "../../http/framing";
import { HeaderList } from "../../http/HeaderList";
import { HOP_BY_HOP } from "../../http/headerRules";
import type { NodeRequest } from "./toExchange";

/** Lets whoever comes next find in a request of Node's what the steps have made of it. */
export async function passOn(
  req: NodeRequest,
  { arrived, request }: Exchange,
): Promise<void> {
  const { headers, body } = request;
  const isReplaced = body !== arrived.body;
  if (isReplaced) replaceParsed(req, body.source as Uint8Array);
  if (body.source instanceof Uint8Array) await feed(req, body.source);
  // What the client takes away by `Connection` no step has seen: nobody behind them is to see it either.
  if (request === arrived && namedBy(req.headers.connection).length === 0)
    return;
  const all = new HeaderList([...headers.lines, ...hopsOf(req)]);
  const lines = isReplaced
    ? frame(all.without(["content-length", "transfer-encoding"]), body)
    : all;
  if (req.httpVersionMajor > 1)
    throw new Error(
      "a request of HTTP/2 can't be changed for a handler of the host's own: give the route an origin, or serve HTTP/1.1",
    );
  req.rawHeaders = [...lines.lines];
  req.headers = joined(lines);
  req.headersDistinct = distinct(lines);
}

/** What the host is to know of its connection, its body's framing among it; `Connection` names no other header any more. */
function hopsOf({ rawHeaders, headers }: NodeRequest): readonly string[] {
  const named = new Set(namedBy(headers.connection));
  return rawHeaders.flatMap((name, at) => {
    if (at % 2 !== 0 || !HOP_BY_HOP.includes(name.toLowerCase())) return [];
    const value = rawHeaders[at + 1] ?? "";
    if (name.toLowerCase() !== "connection") return [name, value];
    const options = value.split(",").map((option) => option.trim());
    const own = options.filter((option) => !named.has(option.toLowerCase()));
    return own.length > 0 ? [name, own.join(", ")] : [];
  });
}

/** What a body parser left of the old body gives way to the new one. */
function replaceParsed(req: NodeRequest, bytes: Uint8Array): void {
  const { body } = req;
  if (body === undefined) return;
  if (typeof body === "string") req.body = Buffer.from(bytes).toString();
  else if (body instanceof Uint8Array) req.body = Buffer.from(bytes);
  else
    throw new Error(
      "a step replaced a body of which a body parser has made something else before: put the route before body parsers",
    );
}

/** The request's stream anew: what was read of it, or what it was replaced by. */
async function feed(req: NodeRequest, bytes: Uint8Array): Promise<void> {
  // What still comes of the old body must not get between.
  if (!req.closed) await finished(req.resume(), { writable: false });
  // Streams are made by calling Readable on an object; calling it again is how one is rewound, its socket untouched.
  Reflect.apply(Readable as unknown as () => void, req, []);
  // Node drains what nobody has read, by this mark.
  (req as { _consumed?: boolean })._consumed = false;
  if (bytes.length > 0) req.push(bytes);
  req.push(null);
}

/** Headers of which Node keeps the first only ({@link https://nodejs.org/api/http.html#messageheaders}). */
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

/** As Node joins them. */
function joined(headers: HeaderList): NodeJS.Dict<string | string[]> {
  const all: NodeJS.Dict<string | string[]> = {};
  for (const name of headers.names()) {
    const values = headers.all(name);
    all[name] =
      name === "set-cookie"
        ? values
        : FIRST_ONLY.has(name)
          ? values[0]
          : headers.get(name);
  }
  return all;
}

function distinct(headers: HeaderList): NodeJS.Dict<string[]> {
  const all: NodeJS.Dict<string[]> = Object.create(null) as NodeJS.Dict<
    string[]
  >;
  for (const name of headers.names()) all[name] = headers.all(name);
  return all;
}
