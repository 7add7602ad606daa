import { foldReadings, segmentsOf } from "./readPath";

/**
 * Whether a path could leave its base path by `..` segments, whichever way the origin interprets it: dots and slashes may be encoded,
 * also repeatedly, a backslash may count as a slash, and a segment may have parameters after a semicolon. An ambiguous segment counts as
 * the one that goes up further. What follows a `#` counts as well: not every server ends the path there.
 */
export function escapesBasePath(url: string): boolean {
  const [path = ""] = url.split("?", 1);
  // Only these characters can stand for two dots.
  if (!/\.\.|[%\x80-\xff]/.test(path)) return false;
  let depth = 0;
  for (const segment of path.split("/")) {
    depth += Math.min(...foldReadings(segment).map(toStep));
    if (depth < 0) return true;
  }
  return false;
}

/** How many levels a folded segment leads down; negative if it leads up. A segment that was not decoded completely leads up. */
function toStep(folded: string | undefined): number {
  if (folded === undefined) return -Infinity;
  const parts = segmentsOf(folded);
  const ups = parts.filter((part) => part === "..").length;
  if (ups > 0) return -ups;
  return parts.some((part) => part !== "") ? 1 : 0;
}
