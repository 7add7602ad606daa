/** Limits of a {@link LruMap}. */
export interface LruLimits<Value> {
  /** Maximum number of entries. */
  readonly max: number;
  /** Maximum total weight of the entries. Defaults to none. */
  readonly maxWeight?: number;
  /** Weight of a value. Defaults to 1. A value heavier than `maxWeight` is not kept. */
  readonly weigh?: (value: Value) => number;
  /** Called with every value that leaves the map: evicted, replaced, deleted or cleared. */
  readonly dispose?: (value: Value) => void;
}

/** An entry, linked to those that were used before and after it. */
interface Entry<Key, Value> {
  readonly key: Key;
  readonly value: Value;
  older: Entry<Key, Value> | undefined;
  newer: Entry<Key, Value> | undefined;
}

/**
 * A map that evicts the least recently used entries when it exceeds its limits. Every operation takes constant time: the order is in
 * links, because the order of a `Map` keeps a gap for each deleted key, which an iteration from the oldest key has to skip.
 */
export class LruMap<Key, Value> {
  readonly #entries = new Map<Key, Entry<Key, Value>>();
  readonly #limits: LruLimits<Value>;
  #weight = 0;
  #oldest: Entry<Key, Value> | undefined;
  #newest: Entry<Key, Value> | undefined;

  constructor(limits: LruLimits<Value>) {
    this.#limits = limits;
  }

  /** Number of entries. */
  get size(): number {
    return this.#entries.size;
  }

  /** Returns a value and makes it the most recently used. */
  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry !== this.#newest) {
      this.#unlink(entry);
      this.#append(entry);
    }
    return entry.value;
  }

  /** Returns a value without making it the most recently used. */
  peek(key: Key): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Stores a value as the most recently used, and evicts others if the map is full. */
  set(key: Key, value: Value): void {
    if (this.get(key) === value && value !== undefined) return;
    this.delete(key);
    const { maxWeight = Infinity } = this.#limits;
    const weight = this.#weigh(value);
    if (weight > maxWeight) {
      this.#limits.dispose?.(value);
      return;
    }
    this.#weight += weight;
    const entry = { key, value, older: undefined, newer: undefined };
    this.#entries.set(key, entry);
    this.#append(entry);
    this.#evict();
  }

  /** Removes an entry. */
  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#unlink(entry);
    this.#weight -= this.#weigh(entry.value);
    this.#limits.dispose?.(entry.value);
  }

  /** Removes all entries. */
  clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }

  /** The keys, from the least to the most recently used. */
  *keys(): IterableIterator<Key> {
    for (const { key } of this.#fromOldest()) yield key;
  }

  /** The values, from the least to the most recently used. */
  *values(): IterableIterator<Value> {
    for (const { value } of this.#fromOldest()) yield value;
  }

  *#fromOldest(): IterableIterator<Entry<Key, Value>> {
    let entry = this.#oldest;
    while (entry) {
      // The caller may delete this entry.
      const { newer } = entry;
      yield entry;
      entry = newer;
    }
  }

  #append(entry: Entry<Key, Value>): void {
    entry.older = this.#newest;
    if (this.#newest) this.#newest.newer = entry;
    else this.#oldest = entry;
    this.#newest = entry;
  }

  #unlink(entry: Entry<Key, Value>): void {
    const { older, newer } = entry;
    if (older) older.newer = newer;
    else this.#oldest = newer;
    if (newer) newer.older = older;
    else this.#newest = older;
    entry.older = undefined;
    entry.newer = undefined;
  }

  #weigh(value: Value): number {
    return this.#limits.weigh?.(value) ?? 1;
  }

  #evict(): void {
    const { max, maxWeight = Infinity } = this.#limits;
    while (
      this.#oldest &&
      (this.#entries.size > max || this.#weight > maxWeight)
    )
      this.delete(this.#oldest.key);
  }
}
