/** A key derivation. It can take seconds, so there is a form that does not block the event loop. */
export interface Derivation {
  /** Number of hash iterations, as the file states it. */
  readonly iterations: number;
  readonly deriveSync: () => Buffer;
  /** Rejects when the signal fires. */
  readonly derive: (signal: AbortSignal) => Promise<Buffer>;
}

/** Work that yields each key derivation it needs, and receives the key. */
export type Steps<Value> = Generator<Derivation, Value, Buffer>;

/** Runs the work without blocking the event loop. */
export async function runSteps<Value>(
  steps: Steps<Value>,
  signal: AbortSignal,
): Promise<Value> {
  let next = steps.next();
  while (!next.done) {
    signal.throwIfAborted();
    let key: Buffer;
    try {
      key = await next.value.derive(signal);
    } catch (error) {
      signal.throwIfAborted();
      // The parameters are impossible, as in a damaged file: the work knows what to say about its file.
      next = steps.throw(error);
      continue;
    }
    next = steps.next(key);
  }
  return next.value;
}

/** Runs the work at once. Returns `undefined` if it needs more than `maxIterations` hash iterations. */
export function runStepsSync<Value>(
  steps: Steps<Value>,
  maxIterations: number,
): Value | undefined {
  let iterations = 0;
  let next = steps.next();
  while (!next.done) {
    iterations += next.value.iterations;
    if (iterations > maxIterations) return undefined;
    let key: Buffer;
    try {
      key = next.value.deriveSync();
    } catch (error) {
      next = steps.throw(error);
      continue;
    }
    next = steps.next(key);
  }
  return next.value;
}
