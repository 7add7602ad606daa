/** Waits until a condition holds. If it never does, jest's timeout ends the test. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** Waits for this many turns of the event loop, which completes work without timers or I/O. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
}
