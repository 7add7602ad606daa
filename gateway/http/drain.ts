import type { Readable } from "node:stream";
import { Discard } from "./Discard";

/** Discards a limited part of a request body, unless something reads it. The host of the stream closes its connection. */
export function drain(source: Readable): void {
  new Discard(source, () => undefined).start();
}
