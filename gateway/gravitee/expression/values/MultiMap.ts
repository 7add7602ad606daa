import { MapLike } from "./MapLike";

/**
 * Names with one or more values each, such as headers or query parameters. Reading a name returns the list of its values.
 *
 * @example
 * const headers = new MultiMap(exchange.request.headers.lines, {
 *   names: "any-case",
 * });
 *
 * @category Gateway
 */
export class MultiMap extends MapLike {
  readonly #lines: readonly string[];
  readonly #keyOf: (name: string) => string;
  #groups: Map<string, { name: string; values: string[] }> | undefined;

  /**
   * Creates a map of names and values.
   *
   * @param lines - Alternating names and values.
   * @param options - `names: "any-case"` ignores the case of names. Defaults to `exact`.
   */
  constructor(
    lines: readonly string[],
    options: { readonly names?: "exact" | "any-case" } = {},
  ) {
    super();
    this.#lines = lines;
    this.#keyOf =
      options.names === "any-case" ? (name) => name.toLowerCase() : (n) => n;
  }

  /** The values of a name, in order. Undefined if the name does not exist. */
  get(name: string): readonly string[] | undefined {
    return this.#read().get(this.#keyOf(name))?.values;
  }

  /** The distinct names, in the case of their first occurrence. */
  keys(): readonly string[] {
    return [...this.#read().values()].map(({ name }) => name);
  }

  #read(): Map<string, { name: string; values: string[] }> {
    if (this.#groups) return this.#groups;
    const groups = new Map<string, { name: string; values: string[] }>();
    for (let at = 0; at < this.#lines.length; at += 2) {
      const name = this.#lines[at] ?? "";
      const value = this.#lines[at + 1] ?? "";
      const key = this.#keyOf(name);
      const group = groups.get(key);
      if (group) group.values.push(value);
      else groups.set(key, { name, values: [value] });
    }
    this.#groups = groups;
    return groups;
  }
}
