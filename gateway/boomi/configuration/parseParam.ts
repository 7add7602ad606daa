import type { SidecarParam } from "./PointConfiguration";

/**
 * Converts the text of a `sidecar-param-` line. Boomi documents string, boolean, integer and float; the patterns and `null` are
 * those of its open-source predecessor. Negative numbers are accepted as well.
 */
export function parseParam(text: string): SidecarParam {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const number = Number(text);
  // A number that would lose digits, for example a long account ID, stays a string.
  const isExact = text.includes(".")
    ? Number.isFinite(number)
    : Number.isSafeInteger(number);
  // JSON has no negative zero.
  return isExact ? number + 0 : text;
}
