/** A map with its own rules for looking up entries. */
export abstract class MapLike {
  /** The value of a key. Undefined if it does not exist. */
  abstract get(key: string): unknown;

  /** The keys, in order. */
  abstract keys(): readonly string[];

  /** Whether the key exists. */
  has(key: string): boolean {
    return this.get(key) !== undefined;
  }
}
