/** A map whose entries are looked up by its own rules. */
export abstract class MapLike {
  /** The value of a key. Absent: it has none. */
  abstract get(key: string): unknown;

  /** The keys, in order. */
  abstract keys(): readonly string[];

  /** Whether there is such a key. */
  has(key: string): boolean {
    return this.get(key) !== undefined;
  }
}
