import { Real, toInteger } from "../values/numbers";
import type { Reader } from "./Reader";

/** Reads the next number: an integer if it has no decimal point and no exponent, otherwise a double. */
export function readNumber(reader: Reader): number | bigint | Real {
  const { text, at } = reader.next;
  const digits = /^0x/i.test(text)
    ? text.replace(/l$/i, "")
    : text.replace(/[lfd]$/i, "");
  if (digits.length > 400)
    reader.refuseAt(at, "a number must have at most 400 characters");
  const isWhole = /^(0x[0-9a-f]+|\d+)$/i.test(digits);
  if (isWhole && (/^0x/i.test(text) || !/[fd]$/i.test(text)))
    return toInteger(BigInt(digits));
  return Real.of(Number(digits));
}
