import type { SidecarParam } from "./PointConfiguration";

/** No number of that many characters keeps all its digits. */
const MAX_NUMBER_LENGTH = 40;

/**
 * Converts the text of a `sidecar-param-` line. Boomi documents string, boolean, integer and float; the patterns and `null` are
 * those of its open-source predecessor. Negative numbers are accepted as well. Digits that a number would lose, such as the leading
 * zeros of an account ID, stay a string.
 */
export function parseParam(text: string): SidecarParam {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (text.length > MAX_NUMBER_LENGTH) return text;
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return text;
  const number = Number(text);
  const isExact =
    (!Number.isInteger(number) || Number.isSafeInteger(number)) &&
    digitsOf(String(number)) === digitsOf(text);
  // JSON has no negative zero.
  return isExact ? number + 0 : text;
}

/** The significant digits of a number: without sign, decimal point, exponent, and zeros at either end. */
const digitsOf = (text: string): string =>
  text
    .replace(/e.*$/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+|0+$/g, "");
