import { setImmediate } from "node:timers";
import { settled } from "./gc.mjs";
import { median } from "./rounds.mjs";

const TIMES = 5;

/**
 * How far memory rises above its idle level while a call is under way, and how much of it its answer keeps: medians of a
 * few calls, one after the other.
 */
export async function peakOf(call) {
  const peaks = [];
  for (let time = 0; time < TIMES; time++) peaks.push(await peakOfOne(call));
  const middle = (field) => median(peaks.map((peak) => peak[field]));
  return {
    used: middle("used"),
    resident: middle("resident"),
    kept: middle("kept"),
  };
}

async function peakOfOne(call) {
  const idle = settled();
  const peak = { used: 0, resident: 0 };
  const sample = () => {
    const { heapUsed, external, rss } = process.memoryUsage();
    const used = heapUsed + external - idle.heapUsed - idle.external;
    peak.used = Math.max(peak.used, used);
    peak.resident = Math.max(peak.resident, rss - idle.rss);
  };
  let isUnderWay = true;
  // Once in every turn of the event loop: what is held between two turns is seen.
  const watch = () => {
    sample();
    if (isUnderWay) setImmediate(watch);
  };
  const called = call();
  watch();
  const answer = await called;
  sample();
  isUnderWay = false;
  const after = settled();
  const kept = after.heapUsed + after.external - idle.heapUsed - idle.external;
  // Held until here: what the caller has is no garbage.
  if (answer === undefined) throw new Error("There was no answer");
  return { ...peak, kept };
}
