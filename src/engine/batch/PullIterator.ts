/** What is given to be read one by one. */
export type AnyIterable = Iterable<unknown> | AsyncIterable<unknown>;

/** Whether something can be read one by one; it is not touched otherwise. A text is no list of requests. */
export function isAnyIterable(value: unknown): value is AnyIterable {
  if (typeof value !== "object" || value === null) return false;
  try {
    const { [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } =
      value as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
    return typeof sync === "function" || typeof async === "function";
  } catch {
    // A proxy, or a getter.
    return false;
  }
}

/** How many there are, where that can be known without reading them. */
export function countItems(items: AnyIterable): number | undefined {
  if (Array.isArray(items)) return items.length;
  return items instanceof Set ? items.size : undefined;
}

/** Reads an iterable of either kind, one item at a time and never ahead. */
export class PullIterator {
  /** Nothing more comes. */
  done = false;
  /** What it threw. Absent: nothing. */
  failure: { readonly thrown: unknown } | undefined;

  readonly #items: AnyIterable;
  readonly #onChange: () => void;
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  #isAsync = false;
  #pending = false;
  #arrived: { readonly value: unknown } | undefined;

  /** @param onChange - Called when something came that could not be pulled at once. */
  constructor(items: AnyIterable, onChange: () => void) {
    this.#items = items;
    this.#onChange = onChange;
  }

  /** The next item. Absent: there is none, or not yet. */
  pull(): { readonly value: unknown } | undefined {
    if (this.done || this.#pending) return undefined;
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived) return arrived;
    try {
      this.#iterator ??= this.#begin();
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
   * Tells the source that nothing more is wanted of it, and waits until it has understood; not where it is still busy
   * with an item, which may never come. What it throws then is of no more use to anybody.
   */
  async close(): Promise<void> {
    if (this.done) return;
    this.done = true;
    try {
      const closed = Promise.resolve(this.#iterator?.return?.());
      if (this.#pending) closed.catch(() => undefined);
      else await closed;
    } catch {
      // See above.
    }
  }

  #begin(): Iterator<unknown> | AsyncIterator<unknown> {
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
    if (!next.done) return { value: next.value };
    this.done = true;
    return undefined;
  }

  #fail(thrown: unknown): void {
    this.done = true;
    this.failure = { thrown };
  }
}
