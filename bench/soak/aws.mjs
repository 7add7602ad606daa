// The embedded AWS of the soak test: functions that count their runs by an ID in the payload, and faults on demand.
import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { createAccountOptions } from "../servers/crossAccount.mjs";

const require = createRequire(import.meta.url);
const { startLocalAws } = require("../../dist/local/index.js");

/** Short, so that role sessions expire often. */
const SESSION_SECONDS = 20;
/** Three pages of functions. */
const FUNCTIONS = 120;

let runs = new Uint8Array(2 ** 20);

/** Counts a run, waits if `waitMs` is set, and returns the ID. */
async function count({ id, waitMs = 0, fails = false }) {
  if (id >= runs.length) {
    const larger = new Uint8Array(2 * Math.max(id, runs.length));
    larger.set(runs);
    runs = larger;
  }
  runs[id] = Math.min(runs[id] + 1, 255);
  if (waitMs > 0) await wait(waitMs);
  if (fails) throw new RangeError("Requested failure");
  return { id };
}

const local = await startLocalAws({
  sessionSeconds: SESSION_SECONDS,
  functions: {
    price: count,
    ...Object.fromEntries(
      Array.from({ length: FUNCTIONS }, (_, number) => [
        `idle-${number}`,
        count,
      ]),
    ),
  },
  ...createAccountOptions(count),
});

const COMMANDS = {
  fault: (fault) => local.faults.add(fault),
  clearFaults: () => local.faults.clear(),
  create: (name) => local.createFunction(name, count),
  runs: () => runs,
};

process.on("message", async ({ number, what, given }) => {
  process.send({ number, answer: await COMMANDS[what](given) });
});
process.on("disconnect", () => process.exit());

const { endpoint, region, credentials } = local;
process.send({ endpoint, region, credentials });
