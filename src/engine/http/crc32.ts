import type * as Zlib from "node:zlib";

let zlib: typeof Zlib | undefined;

/** Computes a CRC-32 checksum, as used by zip and gzip. */
export function crc32(data: Uint8Array): number {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only response streams need it
  zlib ??= require("node:zlib") as typeof Zlib;
  return zlib.crc32(data);
}
