// CPU per invocation with a small payload, compared with other clients.
import { CLIENTS, createClient, PEER } from "../clients/index.mjs";
import { SOCKETS } from "../clients/settings.mjs";
import { atMost, format } from "../runner/targets.mjs";
import { measureCalls } from "../runner/cost.mjs";
import {
  withServer,
  measure as measureInProcess,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";

/** Targets by the number of calls in flight. */
const TARGETS = { 1: 0.28, 32: 0.2, 256: 0.2 };
const CALLS = 8_000;
/** Clients that make half as many calls, because they are slow. */
const SLOW = ["sdkPerCall", "aws4fetch"];
const LOADS = Object.keys(TARGETS).map(Number);

export async function measure({ client, calls, inFlight, connection }) {
  const { call, close } = await createClient(client, connection);
  const cost = await measureCalls(call, { calls, inFlight });
  await close();
  return cost;
}

export async function run({ rounds, share }) {
  const calls = share(CALLS);
  const cpu = await withServer("stub", ({ connection }) =>
    interleave({
      rounds,
      jobs: jobsFor(calls, connection),
      measure: measureInProcess,
    }),
  );
  const cost = (client, load) => cpu(`${client} ${load}`, "cpuUs");
  const ratio = (client, load) => cost(client, load) / cost(PEER, load);
  return {
    title: "One invocation",
    note: `CPU per call of the client's process, against the AWS SDK with one client. Responses of 200 bytes; at most ${SOCKETS} sockets.`,
    targets: LOADS.map((load) =>
      atMost(TARGETS[load], {
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
            `${format(ratio(client, load), "×")} (${cost(client, load).toFixed(0)} µs)`,
        ),
      ]),
    },
  };
}

function jobsFor(calls, connection) {
  const jobs = {};
  for (const inFlight of LOADS)
    for (const client of Object.keys(CLIENTS))
      jobs[`${client} ${inFlight}`] = {
        scenario: "invoke",
        client,
        calls: SLOW.includes(client) ? calls / 2 : calls,
        inFlight,
        connection,
      };
  return jobs;
}
