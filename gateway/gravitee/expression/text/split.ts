import { fail } from "../errors/Fault";
import type { Meter } from "../metering/Meter";
import type { Pattern } from "./Pattern";

/** Steps of creating a part. */
const PART = 64;

/**
 * Splits a string around the matches of a regular expression, like Java's `String.split`. Without a limit, empty strings at
 * the end are removed.
 */
export function split(
  text: string,
  { pattern, limit }: { pattern: Pattern; limit: number },
  meter: Meter,
): string[] {
  if (limit > 1_000_000) fail("the limit of split must be at most 1000000");
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of pattern.find(text, meter)) {
    if (limit > 0 && parts.length === limit - 1) break;
    if (end === 0) continue;
    if (start === end && start >= text.length) break;
    meter.charge(PART);
    meter.take(16);
    parts.push(text.slice(from, start));
    from = end;
  }
  meter.take(16);
  parts.push(text.slice(from));
  if (limit === 0) while (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return limit === 0 && parts.length === 1 && parts[0] === "" && text !== ""
    ? []
    : parts;
}
