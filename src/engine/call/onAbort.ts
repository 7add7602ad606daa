/** Who is to be told when a signal fires. */
const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when a signal fires, unless what it returns is called before. A signal may serve thousands of calls: it gets
 * one listener of ours, as Node warns of a leak when there are many.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const known = listeners.get(signal) ?? listen(signal);
  known.add(callback);
  return () => known.delete(callback);
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
  listeners.set(signal, callbacks);
  return callbacks;
}
