import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// Set here, so that no command line needs the flag.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** Memory in use after garbage collection, in bytes. */
export function memoryAfterGc() {
  // The second run collects the garbage of finalizers that the first run called.
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss };
}
