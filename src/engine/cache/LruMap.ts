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

/** A map that evicts the least recently used entries when it exceeds its limits. */
export class LruMap<Key, Value> {
  /** From the least to the most recently used. */
  readonly #entries = new Map<Key, Value>();
  readonly #limits: LruLimits<Value>;
  #weight = 0;
  /** The most recently used key, which needs no move. */
  #latest: Key | undefined;

  constructor(limits: LruLimits<Value>) {
    this.#limits = limits;
  }

  /** Number of entries. */
  get size(): number {
    return this.#entries.size;
  }

  /** Returns a value and makes it the most recently used. */
  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined || key === this.#latest) return value;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#latest = key;
    return value;
  }

  /** Returns a value without making it the most recently used. */
  peek(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  /** Stores a value as the most recently used, and evicts others if the map is full. */
  set(key: Key, value: Value): void {
    if (this.#entries.get(key) !== value) {
      this.delete(key);
      const { maxWeight = Infinity } = this.#limits;
      const weight = this.#weigh(value);
      if (weight > maxWeight) {
        this.#limits.dispose?.(value);
        return;
      }
      this.#weight += weight;
      this.#entries.set(key, value);
      this.#latest = key;
      this.#evict();
    } else this.get(key);
  }

  /** Removes an entry. */
  delete(key: Key): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#weight -= this.#weigh(value);
    if (key === this.#latest) this.#latest = undefined;
    this.#limits.dispose?.(value);
  }

  /** Removes all entries. */
  clear(): void {
    for (const key of [...this.#entries.keys()]) this.delete(key);
  }

  /** The keys, from the least to the most recently used. */
  keys(): IterableIterator<Key> {
    return this.#entries.keys();
  }

  /** The values, from the least to the most recently used. */
  values(): IterableIterator<Value> {
    return this.#entries.values();
  }

  #weigh(value: Value): number {
    return this.#limits.weigh?.(value) ?? 1;
  }

  #evict(): void {
    const { max, maxWeight = Infinity } = this.#limits;
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= max && this.#weight <= maxWeight) return;
      this.delete(key);
    }
  }
}
