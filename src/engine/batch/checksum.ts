const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++)
    sum = sum & 1 ? (sum >>> 1) ^ 0xed_b8_83_20 : sum >>> 1;
  return sum;
});

/** CRC-32 of what went before and of these bytes: a byte that changed and a line that is gone are both seen. */
export function checksum(bytes: Uint8Array, before: number): number {
  let sum = ~before;
  // Not `for … of`: bytes are many, and an iterator takes three times as long.
  const { length } = bytes;
  for (let at = 0; at < length; at++)
    sum = (TABLE[(sum ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}
