type Crc32 = (data: Uint8Array, initial?: number) => number;

let implementation: Crc32 | undefined;

/** Computes a CRC-32 checksum, as used by zip and gzip. Uses `zlib.crc32`, which Node has since 20.15, or else a table. */
export function crc32(data: Uint8Array): number {
  implementation ??=
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only response streams need it
    (require("node:zlib") as { crc32?: Crc32 }).crc32 ?? crc32WithTable;
  return implementation(data);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++)
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Computes a CRC-32 checksum byte by byte. */
export function crc32WithTable(data: Uint8Array, initial = 0): number {
  let value = ~initial;
  for (const byte of data)
    value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
  return ~value >>> 0;
}
