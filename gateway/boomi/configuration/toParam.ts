import type { Param } from "./PointConfiguration";

/**
 * What the text of a `sidecar-param-` line stands for. The vendor says no more than string, boolean, integer or float; digits,
 * `null` and the rest are as in the open-source processor before it. A minus sign means what it does everywhere.
 */
export function toParam(text: string): Param {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const number = Number(text);
  // A number that would come out as another one, an account id of a customer for example, is better off as text.
  const isKept = text.includes(".")
    ? Number.isFinite(number)
    : Number.isSafeInteger(number);
  // JSON knows no minus zero.
  return isKept ? number + 0 : text;
}
