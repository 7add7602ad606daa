import type { Meter } from "./Meter";
import { rangesOf } from "./rangesOf";

/** What to search for, and where to start. */
interface Search {
  readonly part: string;
  readonly from: number;
}

/** Number of positions that one native search tries. */
const WINDOW = 16_384;

/**
 * Maximum length of a string that is searched natively. The native search compares a longer one again and again at each
 * position of some strings, so that its time grows with the product of the lengths.
 */
const LONGEST_NATIVE = 256;

/** Steps per character of a search that looks at each character once. */
const PER_CHARACTER = 8;

/** `String.indexOf` in time proportional to the length of the string. */
export function indexIn(
  text: string,
  { part, from }: Search,
  meter: Meter,
): number {
  let start = Math.min(Math.max(from, 0), text.length);
  if (part.length > LONGEST_NATIVE)
    return occurrencesIn(text, { part, from: start }, meter).first;
  for (;;) {
    const end = Math.min(start + WINDOW, text.length);
    meter.charge(end - start + part.length);
    const window = text.slice(start, end + part.length - 1 || end);
    const found = part === "" ? 0 : window.indexOf(part);
    if (found >= 0) return start + found;
    if (end >= text.length) return -1;
    start = end;
  }
}

/** `String.lastIndexOf` in time proportional to the length of the string. `from` is the last position to try. */
export function lastIndexIn(
  text: string,
  { part, from }: Search,
  meter: Meter,
): number {
  let last = Math.min(from, text.length - part.length);
  if (last < 0) return -1;
  if (part === "") return last;
  if (part.length > LONGEST_NATIVE)
    return occurrencesIn(
      text.slice(0, last + part.length),
      { part, from: 0 },
      meter,
    ).last;
  for (; last >= 0; last -= WINDOW) {
    const first = Math.max(last - WINDOW + 1, 0);
    meter.charge(last - first + part.length);
    const found = text.slice(first, last + part.length).lastIndexOf(part);
    if (found >= 0) return first + found;
  }
  return -1;
}

/** The first and the last occurrence, by the algorithm of Knuth, Morris and Pratt. */
function occurrencesIn(
  text: string,
  { part, from }: Search,
  meter: Meter,
): { readonly first: number; readonly last: number } {
  meter.take(4 * part.length);
  const borders = bordersOf(part, meter);
  let [first, last, matched] = [-1, -1, 0];
  for (let start = from; start < text.length; start += WINDOW) {
    const end = Math.min(start + WINDOW, text.length);
    meter.charge(PER_CHARACTER * (end - start));
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      while (matched > 0 && part.charCodeAt(matched) !== code)
        matched = borders[matched - 1] ?? 0;
      if (part.charCodeAt(matched) === code) matched++;
      if (matched < part.length) continue;
      last = at - part.length + 1;
      if (first < 0) first = last;
      matched = borders[matched - 1] ?? 0;
    }
  }
  return { first, last };
}

/** For each prefix, the length of its longest proper prefix that is also a suffix. */
function bordersOf(part: string, meter: Meter): Int32Array {
  const borders = new Int32Array(part.length);
  const cost = { perCharacter: PER_CHARACTER, meter };
  let matched = 0;
  for (const { from, to } of rangesOf(part.length, cost))
    for (let at = Math.max(from, 1); at < to; at++) {
      const code = part.charCodeAt(at);
      while (matched > 0 && part.charCodeAt(matched) !== code)
        matched = borders[matched - 1] ?? 0;
      if (part.charCodeAt(matched) === code) matched++;
      borders[at] = matched;
    }
  return borders;
}
