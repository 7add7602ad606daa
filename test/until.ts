/** Waits until a condition holds, however long that takes; jest's timeout ends a test in which it never does. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** Lets the event loop turn this many times, for what needs no timer and no answer from outside to finish. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}
