/** An iterable or async iterable. */
export type AnyIterable = Iterable<unknown> | AsyncIterable<unknown>;

/** Whether a value is an object that can be iterated. Strings are not accepted as lists of requests. */
export function isAnyIterable(value: unknown): value is AnyIterable {
  if (typeof value !== "object" || value === null) return false;
  try {
    const { [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } =
      value as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
    return typeof sync === "function" || typeof async === "function";
  } catch {
    // A proxy or a getter threw.
    return false;
  }
}

/** The number of items, if it is known without iterating. */
export function countItems(items: AnyIterable): number | undefined {
  if (Array.isArray(items)) return items.length;
  return items instanceof Set ? items.size : undefined;
}

/** Iterates over an iterable or async iterable, one item at a time and never ahead of demand. */
export class PullIterator {
  /** Whether there are no more items. */
  done = false;
  /** What the iterable threw. `undefined`: nothing. */
  failure: { readonly thrown: unknown } | undefined;

  readonly #items: AnyIterable;
  readonly #onChange: () => void;
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  #isAsync = false;
  #pending = false;
  #arrived: { readonly value: unknown } | undefined;

  /** @param onChange - Called when an item or the end arrives later than {@link pull} was called. */
  constructor(items: AnyIterable, onChange: () => void) {
    this.#items = items;
    this.#onChange = onChange;
  }

  /** Returns the next item. `undefined`: there is none, or it has not arrived yet. */
  pull(): { readonly value: unknown } | undefined {
    if (this.done || this.#pending) return undefined;
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived) return arrived;
    try {
      this.#iterator ??= this.#createIterator();
      const next = this.#iterator.next();
      if (!this.#isAsync) return this.#read(next as IteratorResult<unknown>);
      this.#pending = true;
      void this.#await(next as Promise<IteratorResult<unknown>>);
    } catch (thrown) {
      this.#fail(thrown);
    }
    return undefined;
  }

  /**
   * Closes the iterable, and waits until it has closed unless an item is pending, which may never arrive. Errors of closing
   * are ignored.
   */
  async close(): Promise<void> {
    if (this.done) return;
    this.done = true;
    try {
      const closed = Promise.resolve(this.#iterator?.return?.());
      if (this.#pending) closed.catch(() => undefined);
      else await closed;
    } catch {
      // Ignored: the caller no longer reads from it.
    }
  }

  #createIterator(): Iterator<unknown> | AsyncIterator<unknown> {
    const items = this.#items;
    this.#isAsync = Symbol.asyncIterator in items;
    return Symbol.asyncIterator in items
      ? items[Symbol.asyncIterator]()
      : items[Symbol.iterator]();
  }

  async #await(next: Promise<IteratorResult<unknown>>): Promise<void> {
    try {
      this.#arrived = this.#read(await next);
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#pending = false;
    this.#onChange();
  }

  #read(next: IteratorResult<unknown>): { value: unknown } | undefined {
    // As in a loop. Without the check, such an iterator would have no end.
    if (typeof next !== "object")
      throw new TypeError("its result is not an object");
    if (!next.done) return { value: next.value };
    this.done = true;
    return undefined;
  }

  #fail(thrown: unknown): void {
    this.done = true;
    this.failure = { thrown };
  }
}
