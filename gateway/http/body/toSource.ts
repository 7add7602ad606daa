import { Readable } from "node:stream";
import { nodeHttp } from "../../../src/internal";
import type { BodySource } from "./BodySource";
import { ignoreRejection } from "./ignoreRejection";

/**
 * Checks what a body is made of: anything else would fail only while it is sent.
 *
 * @throws A `TypeError` that names the argument.
 */
export function toSource(source: unknown, what: string): BodySource {
  if (source instanceof Readable) return watch(source);
  if (source === undefined || source instanceof Uint8Array) return source;
  ignoreRejection(source);
  throw new TypeError(
    `Body: ${what} must be a Uint8Array or a stream.Readable; convert a string with Buffer.from, and a ReadableStream with Readable.fromWeb`,
  );
}

/**
 * Prevents that a stream which fails while nothing reads it ends the process: its reader finds the error later. The streams of Node's HTTP
 * messages don't do this.
 */
function watch(source: Readable): Readable {
  return source instanceof nodeHttp.IncomingMessage
    ? source
    : source.on("error", () => undefined);
}
