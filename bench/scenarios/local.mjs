// Throughput of the embedded AWS, including the verification of signatures.
import { createClient } from "../clients/index.mjs";
import { atLeast } from "../runner/targets.mjs";
import { measureCalls } from "../runner/cost.mjs";
import {
  withServer,
  measure as measureInProcess,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";

const TARGET = 1_000;
const CALLS = 10_000;
const IN_FLIGHT = 32;

export async function measure({ calls, connection }) {
  const { call, close } = await createClient("undici", connection);
  const cost = await measureCalls(call, { calls, inFlight: IN_FLIGHT });
  await close();
  return cost;
}

export async function run({ rounds, share }) {
  const calls = share(CALLS);
  const median = await withServer("local", ({ connection }) =>
    interleave({
      rounds,
      jobs: { local: { scenario: "local", calls, connection } },
      measure: measureInProcess,
    }),
  );
  const perSecond = median("local", "perSecond");
  return {
    title: "The embedded AWS",
    note: `${calls.toLocaleString("en")} signed invocations, ${IN_FLIGHT} in flight, by the client with SignatureV4 and undici, which uses ${Math.round(median("local", "cores") * 100)} % of a core.`,
    targets: [
      atLeast(TARGET, {
        short: "embedded AWS: invocations per second",
        what: "Throughput of the embedded AWS",
        value: perSecond,
        unit: "per second",
      }),
    ],
  };
}
