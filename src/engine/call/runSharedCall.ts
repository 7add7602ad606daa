import type { LoadContext } from "../connection/RenewingCache";
import { Call } from "./Call";

/** Time limit of a shared request. A caller with less time stops waiting earlier; the others continue. */
const TIMEOUT_MS = 30_000;

/** Runs work that several calls wait for in a separate call, so that it does not end with the first caller's deadline. */
export async function runSharedCall<Value>(
  { operation, settings, shared, invokes, trace }: Call,
  { signal, isBackground }: LoadContext,
  work: (call: Call) => Promise<Value>,
): Promise<Value> {
  const call = new Call({
    operation,
    settings,
    shared,
    invokes,
    timeoutMs: TIMEOUT_MS,
    signal,
    // A background refresh belongs to no caller's trace.
    trace: isBackground ? undefined : trace,
  });
  try {
    return await work(call);
  } finally {
    call.end();
  }
}
