import type { Readable } from "node:stream";

/** Discards the rest of a request body, unless something reads it: the next request on the connection comes after it. */
export function drain(source: Readable): void {
  if (source.listenerCount("data") + source.listenerCount("readable") > 0)
    return;
  source.on("error", () => undefined);
  source.resume();
}
