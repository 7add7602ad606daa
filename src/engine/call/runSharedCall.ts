import type { LoadContext } from "../connection/RenewingCache";
import { Call } from "./Call";

/** Time of one errand: whoever waits may give up earlier, the others go on waiting. */
const TIMEOUT_MS = 30_000;

/** Does something for all who wait for it, in a call of its own: others may have more time than the first. */
export async function runSharedCall<Value>(
  { operation, settings, shared, invokes, trace }: Call,
  { signal, isBackground: ahead }: LoadContext,
  work: (call: Call) => Promise<Value>,
): Promise<Value> {
  const call = new Call({
    operation,
    settings,
    shared,
    invokes,
    timeoutMs: TIMEOUT_MS,
    signal,
    // What is renewed ahead belongs to nobody's call.
    trace: ahead ? undefined : trace,
  });
  try {
    return await work(call);
  } finally {
    call.end();
  }
}
