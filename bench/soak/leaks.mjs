// What must not be left over when nothing is under way.
import { setTimeout as wait } from "node:timers/promises";
import { settled } from "../runner/gc.mjs";
import { pool } from "./connector.mjs";

/** Growth of the heap that is no leak yet. */
const MOST_GROWN_MB = 5;
/** A session that is renewed ahead, by nobody's call, has 30 s for it. */
const PATIENCE_MS = 35_000;
const STEP_MS = 50;

/** Heap after garbage collection, in MB. */
export const heapMb = () => settled().heapUsed / 2 ** 20;

export function checkHeap({ first, now, findings }) {
  if (now - first > MOST_GROWN_MB)
    findings.add(
      `The heap grew from ${first.toFixed(1)} to ${now.toFixed(1)} MB`,
    );
}

/** Nothing is under way: every socket idle, nobody waiting, no connection but the main one. */
export const checkStandstill = (findings) =>
  eventually(findings, "While nothing is under way", (report) => {
    const { open, idle, waiting, connections } = report;
    return open === idle && waiting === 0 && connections === 1;
  });

/** Everything is closed: nothing is held. */
export const checkClosed = (findings) =>
  eventually(findings, "After the last connector was closed", (report) =>
    Object.values(report).every((number) => number === 0),
  );

/** Sockets and timers that keep the process alive and did not at the beginning: there are none. */
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

/** What was let go of may take a moment to be gone. */
async function inTime(isGood) {
  for (let ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
    if (isGood()) return true;
    await wait(STEP_MS);
  }
  return isGood();
}
