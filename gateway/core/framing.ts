import type { Body } from "./Body";
import type { HeaderList } from "./HeaderList";
import { HOP_BY_HOP } from "./headerRules";

/** Headers without those that speak of one connection, among them those that it names itself. */
export function withoutHops(headers: HeaderList): HeaderList {
  const named = headers.all("connection").flatMap((value) => value.split(","));
  return headers.without([...HOP_BY_HOP, ...named.map((name) => name.trim())]);
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
