/** Callbacks per signal. A WeakMap because the signal is the caller's object. */
const callbacksBySignal = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `callback` when the signal fires. Returns a function that removes the callback. One signal may be passed to
 * thousands of calls: only one listener is added to it, since Node reports many listeners as a leak.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const callbacks = callbacksBySignal.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

function listen(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  signal.addEventListener(
    "abort",
    () => {
      for (const callback of callbacks) callback();
    },
    { once: true },
  );
  callbacksBySignal.set(signal, callbacks);
  return callbacks;
}

/** The reason of a signal that was aborted. The signal can be the caller's own object, whose getter throws. */
export function readAbortReason(signal: AbortSignal): unknown {
  try {
    return signal.reason;
  } catch {
    return undefined;
  }
}
