/** Computes a CRC-32 checksum, as used by zip and gzip. Only response streams need it, so `node:zlib` is loaded here. */
export function crc32(data: Uint8Array): number {
  return process.getBuiltinModule("node:zlib").crc32(data);
}
