// `npm run bench` runs every scenario, and writes the chart and the tables of docs/guides/benchmarks.md.
// `node bench/run.mjs invoke listing` runs only these scenarios and prints the results.
// `--quick` runs one round with few calls and prints the results: it shows that the benchmark works, but its numbers mean nothing.
import process from "node:process";
import { parseArgs } from "node:util";
import { publish } from "./report/publish.mjs";
import { toMarkdown } from "./report/markdown.mjs";
import { showProgress } from "./runner/showProgress.mjs";
import { SCENARIOS } from "./scenarios/index.mjs";

const ROUNDS = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(SCENARIOS, name));
if (unknown.length > 0)
  throw new Error(
    `Unknown scenario ${unknown.join(", ")}. The scenarios are ${Object.keys(SCENARIOS).join(", ")}.`,
  );
const names = positionals.length > 0 ? positionals : Object.keys(SCENARIOS);
const effort = {
  rounds: values.quick ? 1 : ROUNDS,
  share: (whole) => (values.quick ? whole / 10 : whole),
};

const results = {};
for (const name of names) {
  const start = performance.now();
  results[name] = await SCENARIOS[name].run(effort);
  showProgress("");
  console.log(toMarkdown(results[name]));
  console.log(
    `(${name}: ${Math.round((performance.now() - start) / 1e3)} s)\n`,
  );
}
if (positionals.length === 0 && !values.quick)
  await publish(results, { rounds: effort.rounds });
const missed = Object.values(results)
  .flatMap(({ targets }) => targets)
  .filter(({ isMet }) => !isMet);
console.log(
  missed.length === 0
    ? "Every target is met."
    : `${missed.length} targets missed.`,
);
if (missed.length > 0) process.exitCode = 1;
