/** Returns the known name that was probably intended, if any is similar. */
export function findClosestName(
  name: string,
  known: readonly string[],
): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      distance: calculateEditDistance(
        name.toLowerCase(),
        candidate.toLowerCase(),
      ),
    }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(2, name.length / 3)
    ? best.candidate
    : undefined;
}

/** Returns the Levenshtein distance: insertions, deletions and replacements of characters. */
function calculateEditDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(left).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(right).entries())
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (row[column + 1] ?? 0) + 1,
          (row[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[right.length] ?? 0;
}
