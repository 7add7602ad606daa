// Listing all functions of a large account one by one: CPU, and memory that remains in use.
import { atMost, format } from "../runner/targets.mjs";
import { measureCost } from "../runner/cost.mjs";
import { memoryAfterGc } from "../runner/memoryAfterGc.mjs";
import {
  withServer,
  measure as measureInProcess,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";
import { FUNCTIONS } from "../servers/functions.mjs";

const FIRST = 10_000;
const WARM_UP = 5_000;

/** Generators that list all functions and yield their memory size, by client. */
const LISTS = {
  async connector(connection) {
    const { connect } = await import("../clients/connector.mjs");
    const connector = connect(connection);
    return async function* () {
      for await (const { memorySize } of connector.listFunctions.stream())
        yield memorySize;
    };
  },
  async sdk(connection) {
    const { LambdaClient, paginateListFunctions } =
      await import("@aws-sdk/client-lambda");
    const { sdkConfig } = await import("../clients/sdk.mjs");
    const client = new LambdaClient(sdkConfig(connection));
    return async function* () {
      for await (const { Functions } of paginateListFunctions({ client }, {}))
        for (const { MemorySize } of Functions) yield MemorySize;
    };
  },
};

export async function measure({ client, connection }) {
  const list = await LISTS[client](connection);
  await iterate(list, (number) => number < WARM_UP);
  const samples = [];
  const { cpuUs } = await measureCost(() =>
    iterate(list, (number) => {
      if (number === FIRST || number === FUNCTIONS) samples.push(measureHeap());
      return true;
    }),
  );
  const [first, last] = samples;
  return {
    cpuUs: (cpuUs - first.cpuUs - last.cpuUs) / FUNCTIONS,
    grownMb: (last.heapUsed - first.heapUsed) / 2 ** 20,
  };
}

/** Measures the heap in use, and the CPU time of this measurement. */
function measureHeap() {
  const before = process.cpuUsage();
  const { heapUsed } = memoryAfterGc();
  const { user, system } = process.cpuUsage(before);
  return { heapUsed, cpuUs: user + system };
}

/** Iterates over the list until `shouldContinue` returns false. */
async function iterate(list, shouldContinue = () => true) {
  let number = 0;
  for await (const memory of list()) {
    if (memory !== 256) throw new Error(`A function has ${memory} MB`);
    if (!shouldContinue(++number)) return;
  }
  if (number !== FUNCTIONS) throw new Error(`Listed ${number} functions`);
}

export async function run({ rounds }) {
  const median = await withServer("stub", ({ connection }) => {
    const jobs = {};
    for (const client of Object.keys(LISTS))
      jobs[client] = { scenario: "listing", client, connection };
    return interleave({ rounds, jobs, measure: measureInProcess });
  });
  const cpu = (client) => median(client, "cpuUs");
  const grown = (client) => median(client, "grownMb");
  const row = (title, client) => [
    title,
    `${format(cpu(client) / cpu("sdk"), "×")} (${cpu(client).toFixed(1)} µs)`,
    `${grown(client).toFixed(2)} MB`,
  ];
  return {
    title: "Listing",
    note: `${FUNCTIONS.toLocaleString("en")} functions by pages of 50; memory is the heap after garbage collection, at the end against after the first ${FIRST.toLocaleString("en")}.`,
    targets: [
      atMost(0.4, {
        short: "listing 100,000 functions: CPU",
        what: "CPU per function of `listFunctions.stream()`, against the AWS SDK's paginator",
        value: cpu("connector") / cpu("sdk"),
      }),
      atMost(1, {
        short: "listing 100,000 functions: memory grown",
        what: "Memory grown from 10,000 to 100,000 listed functions",
        value: grown("connector"),
        unit: "MB",
      }),
    ],
    table: {
      heads: ["listing", "CPU per function", "memory grown"],
      rows: [
        row("`listFunctions.stream()`", "connector"),
        row("`paginateListFunctions`", "sdk"),
      ],
    },
  };
}
