/** The weight of a part of a regular expression. */
interface Weight {
  /** Weight of the alternatives and atoms read so far, without the last atom. */
  before: number;

  /** Weight of the last atom, which a quantifier repeats. */
  last: number;
}

/** Weight of a character class by the number of characters in its source, and of a Unicode property. */
const CLASS_PER_CHARACTER = 0.5;
const PROPERTY = 4;

const TOKEN =
  /\\(?:Q[\s\S]*?(?:\\E|$)|[pP](?:\{\^?\w{0,40}\}|\w)|[\s\S])|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]?|\{(\d{1,9})(?:(,)(\d{0,9}))?\}|[\s\S]/g;

/**
 * Estimates the number of instructions that a regular expression is compiled to. Its repetitions are multiplied, because the
 * engine compiles a copy for each, and nested ones grow exponentially with the length of the source.
 */
export function weighPattern(source: string): number {
  const groups: Weight[] = [{ before: 0, last: 0 }];
  for (const [token, least, comma, most] of source.matchAll(TOKEN)) {
    const group = groups.at(-1) ?? { before: 0, last: 0 };
    if (least !== undefined)
      group.last = repeated(group.last, {
        least: Number(least),
        most: comma === undefined ? least : most,
      });
    else if (token === "*" || token === "+" || token === "?") group.last += 1;
    else if (token === "(") groups.push({ before: 0, last: 0 });
    else if (token === ")" && groups.length > 1) {
      groups.pop();
      add(groups.at(-1) ?? group, group.before + group.last + 2);
    } else add(group, weightOf(token));
  }
  return groups.reduce((sum, { before, last }) => sum + before + last, 0);
}

function add(group: Weight, weight: number): void {
  group.before += group.last;
  group.last = weight;
}

function repeated(
  weight: number,
  { least, most }: { least: number; most: string | undefined },
): number {
  return most === ""
    ? weight * Math.max(least, 1) + 1
    : (weight + 1) * Math.max(Number(most), 1);
}

function weightOf(token: string): number {
  if (token.startsWith("["))
    return (
      1 +
      CLASS_PER_CHARACTER * token.length +
      PROPERTY * (token.match(/\\p/gi)?.length ?? 0)
    );
  if (/^\\[pP]/.test(token)) return 1 + PROPERTY;
  return token.startsWith("\\Q") ? token.length : 1;
}
