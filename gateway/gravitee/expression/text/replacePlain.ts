import type { Meter } from "../metering/Meter";
import { indexIn } from "../metering/search";

/** Steps of one replacement, in addition to finding it. */
const REPLACEMENT = 128;

/** Replaces every occurrence of a string. An empty string occurs before each character and at the end. */
export function replacePlain(
  text: string,
  { part, by }: { readonly part: string; readonly by: string },
  meter: Meter,
): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const isFirstEmpty = part === "" && from === 0 && parts.length === 0;
    const at =
      part === "" && !isFirstEmpty
        ? from + 1
        : indexIn(text, { part, from }, meter);
    if (at < 0 || at > text.length) break;
    meter.charge(REPLACEMENT);
    meter.takeText(at - from + by.length);
    parts.push(text.slice(from, at), by);
    from = at + part.length;
  }
  if (parts.length === 0) return text;
  meter.takeText(text.length - from);
  parts.push(text.slice(from));
  return parts.join("");
}
