import { setImmediate } from "node:timers";
import { memoryAfterGc } from "./memoryAfterGc.mjs";
import { median } from "./rounds.mjs";

const TIMES = 5;

/**
 * Measures how far memory rises above its idle level during a call, and how much of it the response keeps. Returns medians
 * of several consecutive calls.
 */
export async function measurePeak(call) {
  const peaks = [];
  for (let time = 0; time < TIMES; time++)
    peaks.push(await measureOnePeak(call));
  const medianOf = (field) => median(peaks.map((peak) => peak[field]));
  return {
    used: medianOf("used"),
    resident: medianOf("resident"),
    kept: medianOf("kept"),
  };
}

async function measureOnePeak(call) {
  const idle = memoryAfterGc();
  const peak = { used: 0, resident: 0 };
  const sample = () => {
    const { heapUsed, external, rss } = process.memoryUsage();
    const used = heapUsed + external - idle.heapUsed - idle.external;
    peak.used = Math.max(peak.used, used);
    peak.resident = Math.max(peak.resident, rss - idle.rss);
  };
  let isInProgress = true;
  // Samples once per turn of the event loop.
  const watch = () => {
    sample();
    if (isInProgress) setImmediate(watch);
  };
  const called = call();
  watch();
  const response = await called;
  sample();
  isInProgress = false;
  const after = memoryAfterGc();
  const kept = after.heapUsed + after.external - idle.heapUsed - idle.external;
  // Keeps the response reachable until here, as a caller does.
  if (response === undefined) throw new Error("The call returned nothing");
  return { ...peak, kept };
}
