// Checks for leaks while no call is in progress.
import { setTimeout as wait } from "node:timers/promises";
import { memoryAfterGc } from "../runner/memoryAfterGc.mjs";
import { pool } from "./connector.mjs";

/** Maximum growth of the heap. */
const MOST_GROWN_MB = 5;
/** A background refresh of a role session can take 30 s. */
const PATIENCE_MS = 35_000;
const STEP_MS = 50;

/** Heap after garbage collection, in MB. */
export const heapMb = () => memoryAfterGc().heapUsed / 2 ** 20;

export function checkHeap({ first, now, findings }) {
  if (now - first > MOST_GROWN_MB)
    findings.add(
      `The heap grew from ${first.toFixed(1)} to ${now.toFixed(1)} MB`,
    );
}

/** While no call is in progress: all sockets are idle, no request waits, and only the main connection exists. */
export const checkIdle = (findings) =>
  eventually(findings, "While no call is in progress", (report) => {
    const { open, idle, waiting, connections } = report;
    return open === idle && waiting === 0 && connections === 1;
  });

/** After everything is closed, the pool is empty. */
export const checkClosed = (findings) =>
  eventually(findings, "After the last connector was closed", (report) =>
    Object.values(report).every((number) => number === 0),
  );

/** Checks that no sockets or timers remain that did not exist at the start. */
export async function checkResources({ before, findings }) {
  const more = () => {
    const left = process.getActiveResourcesInfo();
    for (const known of before)
      if (left.includes(known)) left.splice(left.indexOf(known), 1);
    return left;
  };
  if (!(await inTime(() => more().length === 0)))
    findings.add(`Left over: ${more().join(", ")}`);
}

async function eventually(findings, when, isGood) {
  if (!(await inTime(() => isGood(pool.inspect()))))
    findings.add(`${when}, the pool holds ${JSON.stringify(pool.inspect())}`);
}

/** Waits for the condition, because closing takes a moment. */
async function inTime(isGood) {
  for (let ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
    if (isGood()) return true;
    await wait(STEP_MS);
  }
  return isGood();
}
