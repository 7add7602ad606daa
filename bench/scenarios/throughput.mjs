// Throughput of many invocations, 100 in flight.
import { createClient } from "../clients/index.mjs";
import { connect } from "../clients/connector.mjs";
import { atLeast, format } from "../runner/targets.mjs";
import { measureCost, runCalls, PAYLOAD, WARM_UP } from "../runner/cost.mjs";
import {
  withServer,
  measure as measureInProcess,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";
import { watchServer } from "../runner/watchServer.mjs";

const TARGET = 3;
const CALLS = 10_000;
const IN_FLIGHT = 100;

/** Functions that make the given number of invocations, by client. */
const RUNNERS = {
  connector(connection) {
    const connector = connect(connection);
    return {
      async invokeMany(calls) {
        const requests = requestsOf(calls);
        const batch = { requests, concurrency: IN_FLIGHT };
        for await (const { error } of connector.invokeMany.stream(batch))
          if (error) throw error;
      },
      close: () => connector.close(),
    };
  },
  async sdk(connection) {
    const { call, close } = await createClient("sdk", connection);
    return {
      invokeMany: (calls) => runCalls(call, { calls, inFlight: IN_FLIGHT }),
      close,
    };
  },
};

function* requestsOf(calls) {
  for (let number = 0; number < calls; number++)
    yield { functionName: "price", payload: PAYLOAD };
}

export async function measure({ client, calls, connection }) {
  const { invokeMany, close } = await RUNNERS[client](connection);
  await invokeMany(Math.min(WARM_UP, calls));
  const server = await watchServer(connection);
  const { cpuUs, ms } = await measureCost(() => invokeMany(calls));
  const serverCpuUs = await server.cpuUs();
  await close();
  return {
    perSecond: (calls / ms) * 1_000,
    clientCores: cpuUs / 1_000 / ms,
    serverCores: serverCpuUs / 1_000 / ms,
  };
}

export async function run({ rounds, share }) {
  const calls = share(CALLS);
  const jobFor = (client, connection) => ({
    scenario: "throughput",
    client,
    calls,
    connection,
  });
  const median = await withServer("stub", ({ connection }) =>
    interleave({
      rounds,
      jobs: {
        connector: jobFor("connector", connection),
        sdk: jobFor("sdk", connection),
      },
      measure: measureInProcess,
    }),
  );
  const ratio = (client) =>
    median(client, "perSecond") / median("sdk", "perSecond");
  const row = (title, client) => [
    title,
    `${format(ratio(client), "×")} (${Math.round(median(client, "perSecond")).toLocaleString("en")})`,
    percent(median(client, "clientCores")),
    percent(median(client, "serverCores")),
  ];
  return {
    title: "Throughput",
    note: `${calls.toLocaleString("en")} invocations, ${IN_FLIGHT} in flight. A process near 100 % of a core is the bottleneck.`,
    targets: [
      atLeast(TARGET, {
        short: "10,000 invocations: throughput",
        what: `Invocations per second, ${IN_FLIGHT} in flight, against the AWS SDK`,
        value: ratio("connector"),
      }),
    ],
    table: {
      heads: [
        "10,000 invocations",
        "per second",
        "client's core",
        "server's core",
      ],
      rows: [
        row("aws-lambda-connector", "connector"),
        row("AWS SDK, one client", "sdk"),
      ],
    },
  };
}

const percent = (cores) => `${Math.round(cores * 100)} %`;
