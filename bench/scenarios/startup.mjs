// Time from the start of a process to the response of its first invocation.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { atMost, format } from "../runner/targets.mjs";
import { ENVIRONMENT, resolveFile, withServer } from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";

const TARGET = 0.5;
/** More rounds than elsewhere, because start times vary. */
const TIMES = 5;

/** Programs that write one byte when the response arrives. */
const PROGRAMS = {
  "bare.cjs": "bare Node",
  "connector.cjs": "aws-lambda-connector, `require`",
  "connector.mjs": "aws-lambda-connector, `import`",
  "sdk.cjs": "AWS SDK, `require`",
  "sdk.mjs": "AWS SDK, `import`",
  "awsLite.mjs": "aws-lite, `import`",
  "aws4fetch.mjs": "aws4fetch, `import`",
};

/** Starts a program and waits for its byte. */
async function measureStart({ program, connection }) {
  const env = { ...ENVIRONMENT, BENCH_CONNECTION: JSON.stringify(connection) };
  const start = performance.now();
  const child = spawn(process.execPath, [resolveFile(`startup/${program}`)], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  await Promise.race([
    once(child.stdout, "data"),
    ended.then(([code]) => {
      throw new Error(`${program} ended with ${code} without a response`);
    }),
  ]);
  const ms = performance.now() - start;
  child.kill();
  await ended;
  return { ms };
}

export async function run({ rounds }) {
  const times = rounds * TIMES + 1;
  const median = await withServer("stub", ({ connection }) =>
    interleave({
      rounds: times,
      jobs: Object.fromEntries(
        Object.keys(PROGRAMS).map((program) => [
          program,
          { program, connection },
        ]),
      ),
      measure: measureStart,
    }),
  );
  const ms = (program) => median(program, "ms");
  const over = (program) => ms(program) - ms("bare.cjs");
  const ratio = (kind) => over(`connector.${kind}`) / over(`sdk.${kind}`);
  return {
    title: "Start-up",
    note: `Time from the start of a process to the response of its first invocation, minus the time of bare Node; medians of ${times} starts.`,
    targets: [
      atMost(TARGET, {
        short: "start to first response, require",
        what: "Start to first response over bare Node, `require`, against the AWS SDK",
        value: ratio("cjs"),
      }),
      atMost(TARGET, {
        short: "start to first response, import",
        what: "Start to first response over bare Node, `import`, against the AWS SDK",
        value: ratio("mjs"),
      }),
    ],
    table: {
      heads: [
        "start to first response",
        "ms",
        "over bare Node",
        "against the AWS SDK, `require`",
      ],
      rows: Object.entries(PROGRAMS).map(([program, title]) => [
        title,
        ms(program).toFixed(0),
        over(program).toFixed(0),
        program === "bare.cjs"
          ? "–"
          : format(over(program) / over("sdk.cjs"), "×"),
      ]),
    },
  };
}
