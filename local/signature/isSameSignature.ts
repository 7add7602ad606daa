import { timingSafeEqual } from "node:crypto";

/** Compares two signatures in constant time. */
export function isSameSignature(left: string, right: string): boolean {
  const one = Buffer.from(left);
  const other = Buffer.from(right);
  return one.length === other.length && timingSafeEqual(one, other);
}
