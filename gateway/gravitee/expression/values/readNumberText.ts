import { Real, toInteger } from "./numbers";

/**
 * Reads a number from a string: an integer if it has no decimal point and no exponent, otherwise a double. Returns undefined
 * if the string is not a number.
 */
export function readNumberText(
  text: string,
): number | bigint | Real | undefined {
  const trimmed = text.length > 400 ? "" : text.trim();
  if (/^[+-]?\d+$/.test(trimmed))
    return toInteger(BigInt(trimmed.replace("+", "")));
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)
    ? Real.of(Number(trimmed))
    : undefined;
}
