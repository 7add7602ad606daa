// The cost of choosing a route, and of creating routes.
import { createRouterOf } from "../clients/gateways.mjs";
import { atMost, format } from "../runner/targets.mjs";
import {
  measure as measureInProcess,
  withServer,
} from "../runner/processes.mjs";
import { interleave } from "../runner/rounds.mjs";
import { createJobs } from "./gateway.mjs";

const MANY = 10_000;
const SIZES = [1, 100, MANY];

/** How long it takes to create routes, in ms, and the memory of each, in KB. */
export async function measure({ routes }) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const router = createRouterOf("http://127.0.0.1:3000", routes);
  const createMs = performance.now() - start;
  globalThis.gc?.();
  const kb = (process.memoryUsage().heapUsed - before) / 1_024 / routes;
  await router.close();
  process.once("disconnect", () => process.exit());
  return { createMs, kb };
}

export async function run({ rounds, share }) {
  return withServer("gateway", async ({ connection }) => {
    const job = createJobs({ connection, share });
    const jobs = {
      route: job("node", { steps: 0 }),
      ...Object.fromEntries(
        SIZES.map((routes) => [routes, job("router", { routes })]),
      ),
    };
    const cpu = await interleave({ rounds, jobs, measure: measureInProcess });
    const created = await measureInProcess({
      scenario: "router",
      routes: MANY,
    });
    return report((name) => cpu(name, "cpuUs"), created);
  });
}

function report(cost, { createMs, kb }) {
  const ratio = (name) => cost(name) / cost("route");
  return {
    title: "A router before origins",
    note: `CPU per request of the gateway's process, 32 in flight: a POST of 27 bytes to an origin that responds with 200 bytes. Creating ${MANY.toLocaleString("en")} routes takes ${createMs.toFixed(0)} ms and ${kb.toFixed(1)} KB each.`,
    targets: [
      atMost(1.1, {
        short: `a router with ${MANY.toLocaleString("en")} routes: CPU`,
        what: `CPU of a request through a router with ${MANY.toLocaleString("en")} routes, against a single route`,
        value: ratio(String(MANY)),
      }),
    ],
    table: {
      heads: ["one request", "CPU"],
      rows: [
        ["a route without a router", `1.00 × (${cost("route").toFixed(0)} µs)`],
        ...SIZES.map((size) => [
          `a router with ${size.toLocaleString("en")} ${size === 1 ? "route" : "routes"}`,
          `${format(ratio(String(size)), "×")} (${cost(String(size)).toFixed(0)} µs)`,
        ]),
      ],
    },
  };
}
