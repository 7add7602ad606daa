import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";

/** Resolution of the measurement, in milliseconds. It is part of every measured delay. */
const RESOLUTION = 1;

/** Runs work, which may be asynchronous and may fail, and returns the longest time that the event loop was blocked, in ms. */
export async function longestBlock(work) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  await pause(20);
  delay.reset();
  // The first sample after a reset is not recorded.
  await pause(5);
  try {
    await work();
  } catch {
    // Hostile input is refused with an error.
  }
  await pause(20);
  delay.disable();
  return Math.max(delay.max / 1e6 - RESOLUTION, 0);
}
