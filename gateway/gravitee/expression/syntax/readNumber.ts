import { Real, toInteger } from "../values/numbers";
import type { Reader } from "./Reader";

/** The value of the number that comes next: whole without point and exponent, else a double. */
export function readNumber(reader: Reader): number | bigint | Real {
  const { text, at } = reader.next;
  const digits = /^0x/i.test(text)
    ? text.replace(/l$/i, "")
    : text.replace(/[lfd]$/i, "");
  if (digits.length > 400)
    reader.refuseAt(at, "a number has 400 characters at most");
  const isWhole = /^(0x[0-9a-f]+|\d+)$/i.test(digits);
  if (isWhole && (/^0x/i.test(text) || !/[fd]$/i.test(text)))
    return toInteger(BigInt(digits));
  return Real.of(Number(digits));
}
