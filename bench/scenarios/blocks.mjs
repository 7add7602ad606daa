// The longest time for which hostile input blocks the event loop.
import { KINDS, measureExpressions } from "../hostile/expressions.mjs";
import { measureResponse, RESPONSES } from "../hostile/responses.mjs";
import {
  measure as measureInProcess,
  withServer,
} from "../runner/processes.mjs";
import { showProgress } from "../runner/showProgress.mjs";
import { atMost, format } from "../runner/targets.mjs";

const TARGET_MS = 50;

/** Measures one kind of expressions, or one response, in its own process. Returns its longest block. */
export async function measure({ kind, response, connection }) {
  return kind === undefined
    ? measureResponse(response, connection)
    : measureExpressions(kind);
}

export async function run({ rounds }) {
  const jobs = {
    ...Object.fromEntries(
      Object.keys(KINDS).map((kind) => [`expressions: ${kind}`, { kind }]),
    ),
    ...Object.fromEntries(
      RESPONSES.map((response) => [response, { response }]),
    ),
  };
  const rows = await withServer("hostile", async ({ connection }) => {
    const measured = [];
    for (const [name, job] of Object.entries(jobs))
      measured.push({
        name,
        ...(await best(rounds, { name, job, connection })),
      });
    return measured;
  });
  return report(rows);
}

/** The round with the shortest block: other processes of the machine can only make it longer. */
async function best(rounds, { name, job, connection }) {
  let shortest;
  for (let round = 1; round <= rounds; round++) {
    showProgress(`round ${round} of ${rounds}: ${name}`);
    const { ms, name: input } = await measureInProcess({
      scenario: "blocks",
      connection,
      ...job,
    });
    if (!shortest || ms < shortest.ms) shortest = { ms, input };
  }
  return shortest;
}

function report(rows) {
  const [worst] = rows.toSorted((a, b) => b.ms - a.ms);
  return {
    title: "Hostile input",
    note: "The longest time for which the event loop is blocked: every method of the expression language, JSON, XML and regular expressions with the largest text that expressions read by default (6 MB), and responses of AWS and of functions that no one should send. Each row shows the worst of its inputs, in the best of the rounds.",
    targets: [
      atMost(TARGET_MS, {
        short: "event loop blocked by hostile input",
        what: "Longest time for which one input blocks the event loop",
        worstCase: worst.name,
        value: worst.ms,
        unit: "ms",
      }),
    ],
    table: {
      heads: ["input", "longest block", "worst"],
      rows: rows.map(({ name, ms, input }) => [
        name,
        format(ms, "ms"),
        input === name ? "" : input,
      ]),
    },
  };
}
