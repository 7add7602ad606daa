import { written } from "../runner/bar.mjs";

/** A table. */
export function tableOf({ heads, rows }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}

/** A table of targets, each with its measured value. */
export function barsOf(bars) {
  return tableOf({
    heads: ["what", "measured", "target", ""],
    rows: bars.map(({ what, where, unit, sign, promised, value, isMet }) => [
      where ? `${what}; worst: ${where}` : what,
      written(value, unit),
      `${sign} ${written(promised, unit)}`,
      isMet ? "met" : "**missed**",
    ]),
  });
}

/** The results of a scenario. */
export function inMarkdown({ title, note, bars, table }) {
  return [
    `## ${title}`,
    note,
    barsOf(bars),
    ...(table ? [tableOf(table)] : []),
  ].join("\n\n");
}
