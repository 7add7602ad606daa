type Crc32 = (data: Uint8Array, before?: number) => number;

let known: Crc32 | undefined;

/** CRC-32 as zip and gzip have it. Node brings it since 20.15; before, it is counted byte by byte. */
export function crc32(data: Uint8Array): number {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only streams need it
  known ??= (require("node:zlib") as { crc32?: Crc32 }).crc32 ?? byTable;
  return known(data);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++)
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The same where Node does not bring it. */
export function byTable(data: Uint8Array, before = 0): number {
  let value = ~before;
  for (const byte of data)
    value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
  return ~value >>> 0;
}
