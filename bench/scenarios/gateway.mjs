// The cost of a request that passes a function and an origin, compared with Express and the AWS SDK.
import { fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { GATEWAYS } from "../clients/gateways.mjs";
import { POLICIES } from "../clients/policies.mjs";
import { atMost, format } from "../runner/targets.mjs";
import { measureCost, WARM_UP } from "../runner/cost.mjs";
import {
  resolveFile,
  measure as measureInProcess,
  withServer,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";

const CALLS = 6_000;
const IN_FLIGHT = 32;
const MANY = 1_000;
const TARGET = 0.35;

export async function measure({
  gateway,
  calls,
  connection,
  steps,
  routes,
  limit,
  held,
}) {
  const server = await { ...GATEWAYS, ...POLICIES }[gateway](connection, {
    steps,
    routes,
    limit,
    params: held ? "sidecar-param-slow:true" : "",
  });
  if (!server.listening) await once(server, "listening");
  const { port } = server.address();
  const client = fork(resolveFile("servers/loadGenerator.mjs"));
  await once(client, "message");
  const sendRequests = async (calls, inFlight) => {
    client.send({ port, calls, inFlight });
    await once(client, "message");
  };
  const numbers = held
    ? await heapOf(() => sendRequests(MANY, MANY))
    : await costOfRequests(sendRequests, calls);
  client.kill();
  server.close();
  process.once("disconnect", () => process.exit());
  return numbers;
}

async function costOfRequests(sendRequests, calls) {
  await sendRequests(Math.min(WARM_UP, calls), IN_FLIGHT);
  const { cpuUs } = await measureCost(() => sendRequests(calls, IN_FLIGHT));
  return { cpuUs: cpuUs / calls };
}

/** Heap and buffers that each request holds while it waits for the function, in KB. */
async function heapOf(requests) {
  const used = () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  const done = requests();
  await setTimeout(2_000);
  const kb = (used() - before) / 1_024 / MANY;
  await done;
  return { kb };
}

/** Creates a function that describes a measurement of a gateway. */
export const createJobs =
  ({ connection, share }) =>
  (gateway, rest) => ({
    scenario: "gateway",
    gateway,
    calls: share(CALLS),
    connection,
    ...rest,
  });

export async function run({ rounds, share }) {
  return withServer("gateway", async ({ connection }) => {
    const job = createJobs({ connection, share });
    const jobs = {
      expressAndSdk: job("expressAndSdk"),
      node: job("node"),
      express: job("express"),
      "no step": job("node", { steps: 0 }),
      bareProxy: job("bareProxy"),
      "two steps": job("node", { steps: 2 }),
      "four steps": job("node", { steps: 4 }),
      ...Object.fromEntries(
        Object.keys(LIMITS).map((limit) => [limit, job("limit", { limit })]),
      ),
    };
    const cpu = await interleave({ rounds, jobs, measure: measureInProcess });
    const { kb } = await measureInProcess(job("node", { held: true }));
    return report((name) => cpu(name, "cpuUs"), kb);
  });
}

const TITLES = {
  node: "the connector's gateway, in `node:http`",
  express: "the same, in Express, including the cost of Express",
  expressAndSdk: "Express and the AWS SDK",
  "no step": "the gateway in `node:http` without a step",
  bareProxy: "a proxy of `node:http` alone, which checks nothing",
  "two steps": "the same with two steps, each with its own function",
  "four steps": "the same with four steps",
};

/** Other steps of the gateway, by name in `createLimits`. */
const LIMITS = {
  throttle: "the gateway without a function, with `throttle` by client",
  throttleTwice: "the same with `throttle` by client and for all requests",
  throttleByHeader: "the same with `throttle` by a header",
  quota: "the same with `quota`",
  concurrency: "the same with `concurrency`",
  shed: "the same with `shed`",
  cors: "the same with `cors`",
  apiKeys: "the same with `apiKeys`, which removes the key",
  cachePast: "the same with `cache`, for requests that go past it",
  cacheHit: "the same with `cache`, for cached responses",
};

function report(cost, kb) {
  const ratio = (name) => cost(name) / cost("expressAndSdk");
  return {
    title: "A function before an origin",
    note: `CPU per request of the gateway's process, ${IN_FLIGHT} in flight: a POST of 27 bytes, a function in another account that sets a header, an origin that responds with 200 bytes. ${MANY.toLocaleString("en")} concurrent requests that wait for their function hold ${kb.toFixed(0)} KB each.`,
    targets: [
      atMost(TARGET, {
        short: "through the gateway to a function: CPU",
        what: "CPU of a request through a function to an origin, against Express and the AWS SDK",
        value: ratio("node"),
      }),
    ],
    table: {
      heads: ["one request", "CPU"],
      rows: Object.entries({ ...TITLES, ...LIMITS }).map(([name, title]) => [
        title,
        `${format(ratio(name), "×")} (${cost(name).toFixed(0)} µs)`,
      ]),
    },
  };
}
