/** Characters of output that may be under way before the writer waits. */
const MAX_BACKLOG = 4 * 1024 * 1024;

/** What one message weighs besides its text, so that empty ones count too. */
const MESSAGE_WEIGHT = 64;

/** A counter that both threads see. */
export function createBacklog(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/**
 * Counts output in, and waits while too much is under way: a function that
 * prints without end must not fill the memory of the server.
 */
export function addToBacklog(backlog: Int32Array, text: string): void {
  const weight = getWeight(text);
  let underWay = Atomics.add(backlog, 0, weight) + weight;
  while (underWay > MAX_BACKLOG) {
    Atomics.wait(backlog, 0, underWay);
    underWay = Atomics.load(backlog, 0);
  }
}

/** Counts output out again. */
export function removeFromBacklog(backlog: Int32Array, weight: number): void {
  const before = Atomics.sub(backlog, 0, weight);
  if (before > MAX_BACKLOG) Atomics.notify(backlog, 0);
}

/** What a chunk of output counts. */
export function getWeight(text: string): number {
  return text.length + MESSAGE_WEIGHT;
}
