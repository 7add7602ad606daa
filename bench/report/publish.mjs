import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import process from "node:process";
import { format } from "prettier";
import { resolveFile } from "../runner/processes.mjs";
import { chartOf } from "./chart.mjs";
import { tableOfTargets, toMarkdown, tableOf } from "./markdown.mjs";

/** The page that shows the results, between its `<!-- bench -->` comments. */
const GUIDE = "docs/guides/benchmarks.md";

/** Writes the results of one run: the chart, `bench/results.md`, and the tables of the guide "Benchmarks". */
export async function publish(results, { rounds }) {
  const conditions = describeRun(rounds);
  const all = Object.values(results);
  await write("bench/chart.svg", chartOf(results));
  await writeMarkdown(
    "bench/results.md",
    ["# Results", conditions, ...all.map(toMarkdown)].join("\n\n"),
  );
  const part = [
    "![CPU per invocation compared with other clients, and all other targets](../../bench/chart.svg)",
    tableOfTargets(all.flatMap(({ targets }) => targets)),
    tableOf(results.invoke.table),
    `${conditions} [results.md](../../bench/results.md) has the tables of every scenario, and [PROFILE.md](../../bench/PROFILE.md) the profiles.`,
  ].join("\n\n");
  await writeMarkdown(
    GUIDE,
    readFileSync(resolveFile(`../${GUIDE}`), "utf8").replace(
      /(<!-- bench -->).*(<!-- \/bench -->)/s,
      (_, start, end) => `${start}\n\n${part}\n\n${end}`,
    ),
  );
}

const write = (name, text) => writeFileSync(resolveFile(`../${name}`), text);

async function writeMarkdown(name, text) {
  write(name, await format(text, { parser: "markdown" }));
}

/** Conditions of the run, in one paragraph. */
function describeRun(rounds) {
  const { dependencies } = JSON.parse(
    readFileSync(resolveFile("package.json"), "utf8"),
  );
  const peers = Object.entries(dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  return `Node ${process.version}, ${cpus().length} cores; medians of ${rounds} interleaved rounds in fresh processes; Lambda is a stub in a separate process on loopback. Absolute times differ between machines; compare the ratios. Peers: ${peers}.`;
}
