import { MapLike } from "./MapLike";

/**
 * Names with one value or more each: headers, or the parameters of a query. A name gives the list of its values.
 *
 * @example
 * const headers = new MultiMap(exchange.request.headers.lines, { names: "any-case" });
 *
 * @category Gateway
 */
export class MultiMap extends MapLike {
  readonly #lines: readonly string[];
  readonly #keyOf: (name: string) => string;
  #groups: Map<string, { name: string; values: string[] }> | undefined;

  /**
   * Makes it of lines.
   *
   * @param lines - Name, value, name, value.
   * @param options - Whether the case of the names counts. Absent: it does.
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

  /** The values of a name, in order. Absent: there are none. */
  get(name: string): readonly string[] | undefined {
    return this.#read().get(this.#keyOf(name))?.values;
  }

  /** The names, each once, as they were first written. */
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
