import type { Body } from "./Body";
import type { HeaderList } from "./HeaderList";
import { HOP_BY_HOP } from "./headerRules";

const HOPS: ReadonlySet<string> = new Set(HOP_BY_HOP);

/** Options of `Connection` that take no other header away; without a host, and an end, a message would be none. */
const USUAL = new Set([
  ...HOPS,
  "close",
  "host",
  "content-length",
  "trailer",
  "",
]);

/** The names, in lower case, of other headers that a `Connection` takes away with itself. */
export function namedBy(connection: string | undefined): readonly string[] {
  if (connection === undefined || USUAL.has(connection.toLowerCase()))
    return [];
  const names = connection.split(",").map((name) => name.trim().toLowerCase());
  return names.filter((name) => !USUAL.has(name));
}

/**
 * A message's headers without those that speak of one connection, and those that it names as such. So they are taken as they
 * arrive, before any step: later, whoever sent the message could name what a step has set.
 */
export function withoutHops(headers: HeaderList): HeaderList {
  const named = namedBy(headers.get("connection"));
  return headers.without(
    named.length > 0 ? new Set([...HOPS, ...named]) : HOPS,
  );
}

/** Whether whoever sent these headers takes trailers. */
export const takesTrailers = (headers: HeaderList): boolean =>
  /\btrailers\b/i.test(headers.get("te") ?? "");

/** The lines that say where a body ends and what comes behind it, as the body has it. */
export function frame(headers: HeaderList, body: Body): HeaderList {
  const { source } = body;
  if (source instanceof Uint8Array && body.trailers().length === 0)
    return headers
      .without(["trailer"])
      .with("Content-Length", String(source.length));
  // Trailers come behind chunks only.
  if (source === undefined || headers.has("content-length"))
    return headers.without(["trailer"]);
  return headers.with("Transfer-Encoding", "chunked");
}
