import { format } from "../runner/targets.mjs";

/** A Markdown table. */
export function tableOf({ heads, rows }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}

/** A table of targets, each with its measured value. */
export function tableOfTargets(targets) {
  return tableOf({
    heads: ["what", "measured", "target", ""],
    rows: targets.map(
      ({ what, worstCase, unit, sign, limit, value, isMet }) => [
        worstCase ? `${what}; worst: ${worstCase}` : what,
        format(value, unit),
        `${sign} ${format(limit, unit)}`,
        isMet ? "met" : "**missed**",
      ],
    ),
  });
}

/** The results of a scenario. */
export function toMarkdown({ title, note, targets, table }) {
  return [
    `## ${title}`,
    note,
    tableOfTargets(targets),
    ...(table ? [tableOf(table)] : []),
  ].join("\n\n");
}
