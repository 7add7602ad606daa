// CPU per invocation with a small payload, compared with other clients.
import { CLIENTS, createClient, PEER } from "../clients/index.mjs";
import { SOCKETS } from "../clients/target.mjs";
import { atMost, written } from "../runner/bar.mjs";
import { costOfCalls } from "../runner/drive.mjs";
import { withServer, measure as inProcess } from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";

/** Targets by the number of calls in flight. */
const BARS = { 1: 0.28, 32: 0.2, 256: 0.2 };
const CALLS = 8_000;
/** Clients that make half as many calls, because they are slow. */
const SLOW = ["sdkPerCall", "aws4fetch"];
const LOADS = Object.keys(BARS).map(Number);

export async function measure({ client, calls, inFlight, target }) {
  const { call, close } = await createClient(client, target);
  const cost = await costOfCalls(call, { calls, inFlight });
  await close();
  return cost;
}

export async function run({ rounds, share }) {
  const calls = share(CALLS);
  const cpu = await withServer("stub", ({ target }) =>
    interleave({ rounds, jobs: jobsFor(calls, target), measure: inProcess }),
  );
  const cost = (client, load) => cpu(`${client} ${load}`, "cpuUs");
  const ratio = (client, load) => cost(client, load) / cost(PEER, load);
  return {
    title: "One invocation",
    note: `CPU per call of the client's process, against the AWS SDK with one client. Responses of 200 bytes; at most ${SOCKETS} sockets.`,
    bars: LOADS.map((load) =>
      atMost(BARS[load], {
        what: `CPU per invocation, ${load} in flight, against the AWS SDK`,
        value: ratio("connector", load),
      }),
    ),
    peers: Object.entries(CLIENTS).map(([client, title]) => ({
      title,
      ratios: LOADS.map((load) => ratio(client, load)),
    })),
    loads: LOADS,
    table: {
      heads: [
        "CPU per invocation",
        ...LOADS.map((load) => `${load} in flight`),
      ],
      rows: Object.entries(CLIENTS).map(([client, title]) => [
        title,
        ...LOADS.map(
          (load) =>
            `${written(ratio(client, load), "×")} (${cost(client, load).toFixed(0)} µs)`,
        ),
      ]),
    },
  };
}

function jobsFor(calls, target) {
  const jobs = {};
  for (const inFlight of LOADS)
    for (const client of Object.keys(CLIENTS))
      jobs[`${client} ${inFlight}`] = {
        scenario: "invoke",
        client,
        calls: SLOW.includes(client) ? calls / 2 : calls,
        inFlight,
        target,
      };
  return jobs;
}
