/** Below this a word is near to too many others. */
const SHORTEST = 4;

/** Longer than any known word and a few slips. */
const LONGEST = 40;

const MOST_SLIPS = 2;

/** The one of some words that was meant by another one: the nearest, within two slips, or one that is cut short or has more around it. */
export function mayBeMeant(
  given: string,
  words: readonly string[],
): string | undefined {
  const bare = plain(given);
  if (bare.length < SHORTEST || bare.length > LONGEST) return undefined;
  const [nearest] = words
    .map((word) => ({ word, slips: slipsBetween(plain(word), bare) }))
    .sort((a, b) => a.slips - b.slips);
  if (nearest && nearest.slips <= MOST_SLIPS) return nearest.word;
  return words.find(
    (word) => plain(word).startsWith(bare) || bare.endsWith(plain(word)),
  );
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[-_.\s]/g, "");
}

/** Letters to put in, leave out or exchange to make one word of another. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let index = 0; index < a.length; index++) {
    const next = [index + 1];
    for (let at = 1; at <= b.length; at++)
      next[at] = Math.min(
        (row[at] ?? 0) + 1,
        (next[at - 1] ?? 0) + 1,
        (row[at - 1] ?? 0) + (a[index] === b[at - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
