import type { Caller } from "../credentials/Caller";
import type { LoadContext } from "../connection/RenewingCache";
import { Call } from "./Call";

/** Time limit of a shared request. A caller with less time stops waiting earlier; the others continue. */
const TIMEOUT_MS = 30_000;

/** How a shared call ends, and for whom it runs. */
interface SharedCallContext extends LoadContext {
  /** Whose credentials it must use. Optional; defaults to those of the call that starts it. */
  readonly caller?: Caller;
}

/** Runs work that several calls wait for in a separate call, so that it does not end with the first caller's deadline. */
export async function runSharedCall<Value>(
  { operation, settings, shared, invokes, trace, caller }: Call,
  { signal, isBackground, ...context }: SharedCallContext,
  work: (call: Call) => Promise<Value>,
): Promise<Value> {
  const call = new Call({
    operation,
    settings,
    shared,
    invokes,
    timeoutMs: TIMEOUT_MS,
    signal,
    caller: context.caller ?? caller,
    // A background refresh belongs to no caller's trace.
    trace: isBackground ? undefined : trace,
  });
  try {
    return await work(call);
  } finally {
    call.end();
  }
}
