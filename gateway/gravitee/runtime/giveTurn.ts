import { setImmediate } from "node:timers/promises";

/** Number of bytes or steps that take about a millisecond. */
const MUCH = 1_000_000;

/**
 * Lets the event loop handle other requests after a part of the work that depends on what a client or a function sent. Each part
 * has a limit of its own, so together they would block the event loop for longer.
 *
 * @param work - Size of the part, in bytes or in steps of a meter. A small part is not worth the turn.
 */
export async function giveTurn(work: number): Promise<void> {
  if (work >= MUCH) await setImmediate();
}
