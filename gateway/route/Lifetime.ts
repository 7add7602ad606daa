/** Something that can be released. */
export interface Closable {
  readonly close?: (() => unknown) | undefined;
}

/**
 * How many lifetimes hold each object that can be closed. A step or an origin belongs to the caller, may be frozen and may be in several
 * routes, so the count cannot be a field of it.
 */
const holders = new WeakMap<Closable, number>();

/** Counts the exchanges of a route, and closes what the route holds when it has been closed and the last of them has ended. */
export class Lifetime {
  readonly #held: readonly Closable[];
  #exchanges = 0;
  #closing: Promise<void> | undefined;
  #becomeIdle: () => void = () => undefined;

  /** @param held - Steps and origins. Each is closed when the last lifetime that holds it ends. */
  constructor(held: readonly Closable[]) {
    this.#held = [...new Set(held)].filter(({ close }) => close !== undefined);
    for (const each of this.#held)
      holders.set(each, (holders.get(each) ?? 0) + 1);
  }

  /** Whether {@link close} has been called. */
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /** An exchange begins. Call {@link leave} when it has ended. */
  enter(): void {
    this.#exchanges++;
  }

  /** An exchange has ended. */
  leave(): void {
    this.#exchanges--;
    if (this.#exchanges === 0) this.#becomeIdle();
  }

  /**
   * Closes what is held, after the last exchange has ended. Later calls return the same promise.
   *
   * @throws The first error of what is closed; everything else is closed nonetheless.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#exchanges > 0)
      await new Promise<void>((resolve) => {
        this.#becomeIdle = resolve;
      });
    const closed = await Promise.allSettled(this.#held.map(release));
    for (const each of closed)
      if (each.status === "rejected") throw each.reason as Error;
  }
}

async function release(held: Closable): Promise<void> {
  const others = (holders.get(held) ?? 1) - 1;
  holders.set(held, others);
  if (others === 0) await held.close?.();
}
