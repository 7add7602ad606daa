import { Readable } from "node:stream";
import type { Body } from "../../core/Body";
import type { GatewayRequest } from "../../core/GatewayRequest";
import type { HeaderList } from "../../core/HeaderList";
import { frame } from "../../core/originAt";
import type { NodeRequest } from "./toExchange";

/** Lets whoever comes next find in a request of Node's what the steps have made of it. */
export function passOn(
  req: NodeRequest,
  {
    before,
    after,
  }: { readonly before: GatewayRequest; readonly after: GatewayRequest },
): void {
  const { body } = after;
  if (body.isRead) feed(req, body);
  if (after === before) return;
  const headers =
    body === before.body ? after.headers : reframed(after.headers, body);
  req.rawHeaders = [...headers.lines];
  req.headers = joined(headers);
  req.headersDistinct = distinct(headers);
}

function reframed(headers: HeaderList, body: Body): HeaderList {
  return frame(headers.without(["content-length", "transfer-encoding"]), body);
}

/** The request's stream anew: what was read of it, or what it was replaced by. */
function feed(req: NodeRequest, { source }: Body): void {
  // Streams are made by calling Readable on an object; calling it again is how one is rewound, its socket untouched.
  Reflect.apply(Readable as unknown as (options: object) => void, req, [
    { autoDestroy: false },
  ]);
  // Node drains what nobody has read, by this mark.
  (req as { _consumed?: boolean })._consumed = false;
  if (!(source instanceof Readable)) {
    if (source?.length) req.push(source);
    req.push(null);
    return;
  }
  req._read = () => source.resume();
  source.on("data", (chunk) => {
    if (!req.push(chunk)) source.pause();
  });
  source.on("end", () => req.push(null));
  source.on("error", (error) => req.destroy(error));
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
