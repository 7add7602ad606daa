import type { Readable } from "node:stream";

/** All bytes, a stream of them, or `undefined` for an empty body. */
export type BodySource = Uint8Array | Readable | undefined;
