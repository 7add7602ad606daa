import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// Without a flag on the command line, which every way of starting would have to repeat.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** Bytes that are still used once the garbage is gone. */
export function settled() {
  // The first one runs finalizers whose garbage the second one takes.
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss };
}
