/** Shorter names resemble too many others. */
const MIN_LENGTH = 4;

/** Longer than every known name with a few typos. */
const MAX_LENGTH = 40;

const MAX_EDITS = 2;

/**
 * Finds the known name that a misspelled one probably means ("did you mean"): one that differs only in case and
 * separators, else the closest within two edits, else one that it abbreviates or ends with.
 */
export function findClosestName(
  name: string,
  known: readonly string[],
): string | undefined {
  const given = normalize(name);
  const same = known.find((each) => normalize(each) === given);
  if (same !== undefined) return same;
  if (given.length < MIN_LENGTH || given.length > MAX_LENGTH) return undefined;
  const [closest] = known
    .filter(
      (each) => Math.abs(normalize(each).length - given.length) <= MAX_EDITS,
    )
    .map((each) => ({ each, edits: countEdits(normalize(each), given) }))
    .sort((a, b) => a.edits - b.edits);
  if (closest && closest.edits <= MAX_EDITS) return closest.each;
  return known.find(
    (each) =>
      normalize(each).startsWith(given) || given.endsWith(normalize(each)),
  );
}

function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, "");
}

/** Levenshtein distance: characters to insert, delete or replace. */
function countEdits(a: string, b: string): number {
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
