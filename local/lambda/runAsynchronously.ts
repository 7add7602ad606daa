import type { Cloud } from "../state/Cloud";
import type { Invocation } from "../runtime";
import type { FunctionVersion } from "../state/FunctionVersion";

/** Runs an accepted event. If the function fails, retries after each configured delay. */
export async function runAsynchronously(
  cloud: Cloud,
  event: {
    readonly version: FunctionVersion;
    readonly invocation: Invocation;
  },
): Promise<void> {
  try {
    for (const seconds of [0, ...cloud.settings.eventRetrySeconds]) {
      if (!(await cloud.timers.wait(seconds * 1000))) return;
      const outcome = await event.version.run(event.invocation);
      if (outcome.functionError === undefined) return;
    }
  } catch {
    // The function was deleted or the server closed before the event ran; no caller is waiting.
  }
}
