// `npm run soak`: a mixed load on the connector against the embedded AWS, with random faults. It fails if an invocation ran twice or
// has no outcome, or if sockets, timers or memory leak. Options: `--minutes 20 --seed 1 --workers 16`.
import process from "node:process";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createConnector, pool } from "./soak/connector.mjs";
import { createFault } from "./soak/faults.mjs";
import { createFindings } from "./soak/findings.mjs";
import * as leaks from "./soak/leaks.mjs";
import { createLedger } from "./soak/ledger.mjs";
import { createRandom } from "./soak/random.mjs";
import { startAws } from "./soak/startAws.mjs";
import { startWorkers } from "./soak/workers.mjs";

const FAULT_EVERY_MS = 50;
/** Number of faults after which unused ones are removed. */
const FAULTS_KEPT = 40;
/** Time for queued events to run. */
const EVENTS_MS = 2_000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    workers: { type: "string", default: "16" },
  },
});
const [minutes, seed, count] = [
  values.minutes,
  values.seed,
  values.workers,
].map(Number);
console.log(`${minutes} minutes, ${count} workers, --seed ${seed}`);

const before = process.getActiveResourcesInfo();
const findings = createFindings();
const ledger = createLedger();
const aws = await startAws();
const connector = createConnector(aws.connection);
const { connection } = aws;
const workers = startWorkers({
  count,
  seed,
  findings,
  ledger,
  aws,
  connector,
  connection,
});
const heaps = await soak();
await workers.end();
leaks.checkHeap({ first: heaps[0], now: heaps.at(-1), findings });
connector.close();
await leaks.checkClosed(findings);
await wait(EVENTS_MS);
report(ledger.contradictions(await aws.ask("runs")));
await aws.close();
await leaks.checkResources({ before, findings });
console.log(
  findings.count === 0
    ? `No findings in ${ledger.length.toLocaleString("en")} invocations.`
    : `${findings.count} findings. Repeat with --seed ${seed}.`,
);
if (findings.count > 0) process.exitCode = 1;

/** Runs load and faults, and pauses once a minute to check for leaks. Short runs pause more often. */
async function soak() {
  const minuteMs = Math.min(60_000, (minutes * 60_000) / 4);
  const heaps = [];
  for (let minute = 1; minute * minuteMs <= minutes * 60_000; minute++) {
    const stop = injectFaults(createRandom(seed - minute));
    await wait(minuteMs);
    await stop();
    await workers.pause();
    await leaks.checkIdle(findings);
    heaps.push(leaks.heapMb());
    printProgress(minute, heaps);
    if ((minute + 1) * minuteMs <= minutes * 60_000) workers.resume();
  }
  return heaps;
}

/** Adds faults until it is stopped. */
function injectFaults(random) {
  let added = 0;
  const timer = setInterval(() => {
    if (++added % FAULTS_KEPT === 0) void aws.ask("clearFaults");
    void aws.ask("fault", createFault(random));
  }, FAULT_EVERY_MS);
  return () => {
    clearInterval(timer);
    return aws.ask("clearFaults");
  };
}

function printProgress(minute, heaps) {
  const { calls, failed, codes } = workers.tally;
  const { idle, sessions } = pool.inspect();
  const grown = heaps.at(-1) - heaps[0];
  console.log(
    [
      `minute ${minute}: ${calls.toLocaleString("en")} calls`,
      `${((failed / calls) * 100).toFixed(1)} % failed ${JSON.stringify(codes)}`,
      `heap ${heaps.at(-1).toFixed(1)} MB (${grown < 0 ? "" : "+"}${grown.toFixed(1)})`,
      `${idle} idle sockets, ${sessions} sessions`,
    ].join(", "),
  );
}

function report(contradictions) {
  for (const [said, ids] of Object.entries(contradictions))
    findings.add(
      `${ids.length} invocations: each ${said}; ${ids.slice(0, 5).join(", ")} …`,
    );
}
