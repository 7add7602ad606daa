// The embedded AWS of the soak, in a process of its own: functions that count by an id in their payload, and faults on
// request.
import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { furnish } from "../servers/across.mjs";

const require = createRequire(import.meta.url);
const { startLocalAws } = require("../../dist/local/index.js");

/** So short that borrowed keys expire all the time. */
const SESSION_SECONDS = 20;
/** Enough for three pages. */
const FUNCTIONS = 120;

let runs = new Uint8Array(2 ** 20);

/** Counts, waits if it is asked to, and answers with its id. */
async function count({ id, waitMs = 0, fails = false }) {
  if (id >= runs.length) {
    const larger = new Uint8Array(2 * Math.max(id, runs.length));
    larger.set(runs);
    runs = larger;
  }
  runs[id] = Math.min(runs[id] + 1, 255);
  if (waitMs > 0) await wait(waitMs);
  if (fails) throw new RangeError("This one was to fail");
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
  ...furnish(count),
});

const ANSWERS = {
  fault: (fault) => local.faults.add(fault),
  calm: () => local.faults.clear(),
  create: (name) => local.createFunction(name, count),
  runs: () => runs,
};

process.on("message", async ({ number, what, given }) => {
  process.send({ number, answer: await ANSWERS[what](given) });
});
process.on("disconnect", () => process.exit());

const { endpoint, region, credentials } = local;
process.send({ endpoint, region, credentials });
