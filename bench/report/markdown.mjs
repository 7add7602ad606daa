import { written } from "../runner/bar.mjs";

/** A table. */
export function tableOf({ heads, rows }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}

/** Bars, each with what was measured and what was promised. */
export function barsOf(bars) {
  return tableOf({
    heads: ["what", "measured", "bar", ""],
    rows: bars.map(({ what, where, unit, sign, promised, value, isMet }) => [
      where ? `${what}; worst: ${where}` : what,
      written(value, unit),
      `${sign} ${written(promised, unit)}`,
      isMet ? "met" : "**missed**",
    ]),
  });
}

/** A scenario's result. */
export function inMarkdown({ title, note, bars, table }) {
  return [
    `## ${title}`,
    note,
    barsOf(bars),
    ...(table ? [tableOf(table)] : []),
  ].join("\n\n");
}
