import type { Body } from "./Body";
import type { HeaderList } from "./HeaderList";
import { HOP_BY_HOP } from "./headerRules";

const HOPS: ReadonlySet<string> = new Set(HOP_BY_HOP);

/** The names, in lower case, of headers that speak of one connection, among them those that it names itself. */
export function hopsOf(headers: HeaderList): ReadonlySet<string> {
  const named = headers.all("connection");
  if (named.every((value) => HOPS.has(value.toLowerCase()))) return HOPS;
  const hops = new Set(HOPS);
  for (const value of named)
    for (const name of value.split(",")) hops.add(name.trim().toLowerCase());
  return hops;
}

/** Headers without those that speak of one connection. */
export function withoutHops(headers: HeaderList): HeaderList {
  return headers.without(hopsOf(headers));
}

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
