// Throughput of the embedded AWS, including the verification of signatures.
import { createClient } from "../clients/index.mjs";
import { atLeast } from "../runner/bar.mjs";
import { costOfCalls } from "../runner/drive.mjs";
import { withServer, measure as inProcess } from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";

const BAR = 1_000;
const CALLS = 10_000;
const IN_FLIGHT = 32;

export async function measure({ calls, target }) {
  const { call, close } = await createClient("undici", target);
  const cost = await costOfCalls(call, { calls, inFlight: IN_FLIGHT });
  await close();
  return cost;
}

export async function run({ rounds, share }) {
  const calls = share(CALLS);
  const median = await withServer("local", ({ target }) =>
    interleave({
      rounds,
      jobs: { local: { scenario: "local", calls, target } },
      measure: inProcess,
    }),
  );
  const perSecond = median("local", "perSecond");
  return {
    title: "The embedded AWS",
    note: `${calls.toLocaleString("en")} signed invocations, ${IN_FLIGHT} in flight, by the client with SignatureV4 and undici, which uses ${Math.round(median("local", "cores") * 100)} % of a core.`,
    bars: [
      atLeast(BAR, {
        short: "embedded AWS: invocations per second",
        what: "Throughput of the embedded AWS",
        value: perSecond,
        unit: "per second",
      }),
    ],
  };
}
