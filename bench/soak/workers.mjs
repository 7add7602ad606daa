// Concurrent workers, each with its own random numbers. They can be paused.
import { setTimeout, clearTimeout } from "node:timers";
import { setTimeout as wait } from "node:timers/promises";
import { ACTIONS, WEIGHTS } from "./actions.mjs";
import { isConnectorError } from "./connector.mjs";
import { createRandom } from "./random.mjs";

/** A call that is not settled this long after its timeout has no outcome. */
const GRACE_MS = 15_000;
const TIMEOUT_MS = 2_000;

export function startWorkers({ count, seed, findings, ...shared }) {
  const gate = createGate();
  const tally = { calls: 0, failed: 0, codes: {} };
  const worker = async (number) => {
    const random = createRandom(seed + number);
    const world = {
      ...shared,
      random,
      own: `own-${number}`,
      options: () =>
        random.chance(0.3) ? { timeoutMs: random.between(50, TIMEOUT_MS) } : {},
    };
    while (await gate.enter()) {
      const name = random.weighted(WEIGHTS);
      await inTime(name, attempt(name, world));
      gate.leave();
      if (random.chance(0.05)) await wait(random.between(1, 40));
    }
  };
  const attempt = async (name, world) => {
    tally.calls++;
    try {
      await ACTIONS[name](world);
    } catch (error) {
      note(name, error);
    }
  };
  const note = (name, error) => {
    tally.failed++;
    const code = isConnectorError(error) ? error.code : "foreign";
    tally.codes[code] = (tally.codes[code] ?? 0) + 1;
    if (["foreign", "ERR_INVALID_INPUT"].includes(code))
      findings.add(`${name} threw ${error.stack}`);
  };
  const inTime = (name, call) =>
    new Promise((resolve) => {
      const late = setTimeout(() => {
        findings.add(
          `${name} was not settled ${GRACE_MS} ms after its timeout`,
        );
        resolve();
      }, TIMEOUT_MS + GRACE_MS);
      call.then(() => {
        clearTimeout(late);
        resolve();
      });
    });
  const workers = Array.from({ length: count }, (_, number) => worker(number));
  return {
    tally,
    /** Starts no further calls, and waits for those in progress. */
    pause: () => gate.close(),
    resume: () => gate.open(),
    /** Stops the workers. */
    async end() {
      gate.end();
      await Promise.all(workers);
    },
  };
}

function createGate() {
  let inside = 0;
  let opened = Promise.resolve(true);
  let open = () => undefined;
  let emptied = () => undefined;
  return {
    async enter() {
      const isOpen = await opened;
      if (isOpen) inside++;
      return isOpen;
    },
    leave() {
      if (--inside === 0) emptied();
    },
    async close() {
      opened = new Promise((resolve) => (open = resolve));
      if (inside > 0) await new Promise((resolve) => (emptied = resolve));
    },
    open: () => open(true),
    end: () => open(false),
  };
}
