/** Characters of output that may be unread before the writer has to wait. */
const MAX_BACKLOG = 4 * 1024 * 1024;

/** Weight of a message in addition to its text, so that empty messages count too. */
const MESSAGE_WEIGHT = 64;

/** Creates a counter that both threads share. */
export function createBacklog(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/**
 * Adds output to the backlog. Blocks while the backlog is full, so that a function that prints
 * endlessly does not fill the server's memory.
 */
export function addToBacklog(backlog: Int32Array, text: string): void {
  const weight = getWeight(text);
  let underWay = Atomics.add(backlog, 0, weight) + weight;
  while (underWay > MAX_BACKLOG) {
    Atomics.wait(backlog, 0, underWay);
    underWay = Atomics.load(backlog, 0);
  }
}

/** Removes received output from the backlog. */
export function removeFromBacklog(backlog: Int32Array, weight: number): void {
  const before = Atomics.sub(backlog, 0, weight);
  if (before > MAX_BACKLOG) Atomics.notify(backlog, 0);
}

/** Returns the weight of one output message. */
export function getWeight(text: string): number {
  return text.length + MESSAGE_WEIGHT;
}
