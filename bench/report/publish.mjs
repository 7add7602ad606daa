import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import process from "node:process";
import { format } from "prettier";
import { fileOf } from "../runner/processes.mjs";
import { chartOf } from "./chart.mjs";
import { barsOf, inMarkdown, tableOf } from "./markdown.mjs";

/** Writes the chart, every table into `bench/results.md`, and the README's part: all of it from one run. */
export async function publish(results, { rounds }) {
  const where = circumstances(rounds);
  const all = Object.values(results);
  await write("bench/chart.svg", chartOf(results));
  await writeMarkdown(
    "bench/results.md",
    ["# Measured", where, ...all.map(inMarkdown)].join("\n\n"),
  );
  const part = [
    "![CPU per invocation beside the peers, and every other bar](bench/chart.svg)",
    barsOf(all.flatMap(({ bars }) => bars)),
    tableOf(results.invoke.table),
    `${where} Every table is in \`bench/results.md\`, the profiles behind them in \`bench/PROFILE.md\`.`,
  ].join("\n\n");
  await writeMarkdown(
    "README.md",
    readFileSync(fileOf("../README.md"), "utf8").replace(
      /(<!-- bench -->).*(<!-- \/bench -->)/s,
      (_, start, end) => `${start}\n\n${part}\n\n${end}`,
    ),
  );
}

const write = (name, text) => writeFileSync(fileOf(`../${name}`), text);

async function writeMarkdown(name, text) {
  write(name, await format(text, { parser: "markdown" }));
}

/** Under what the numbers came about. */
function circumstances(rounds) {
  const { dependencies } = JSON.parse(
    readFileSync(fileOf("package.json"), "utf8"),
  );
  const peers = Object.entries(dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  return `Node ${process.version}, ${cpus().length} cores; medians of ${rounds} interleaved rounds in fresh processes; Lambda played by a stub in a process of its own on loopback. Absolute times differ from machine to machine; hold on to the ratios. Peers: ${peers}.`;
}
