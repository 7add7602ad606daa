import { Real, toInteger } from "./numbers";

/** The number that a text is: whole without point and exponent, else a double. Absent: it is none. */
export function readNumberText(
  text: string,
): number | bigint | Real | undefined {
  const bare = text.length > 400 ? "" : text.trim();
  if (/^[+-]?\d+$/.test(bare)) return toInteger(BigInt(bare.replace("+", "")));
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(bare)
    ? Real.of(Number(bare))
    : undefined;
}
