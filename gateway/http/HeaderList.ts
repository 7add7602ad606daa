/** Changes to headers. */
export interface HeaderEdit {
  /** Names to remove, in lower case. */
  readonly drop?: ReadonlySet<string> | undefined;

  /** Values to set; each replaces every value of that name. `undefined` leaves the header unchanged. */
  readonly set?:
    | Readonly<Record<string, string | readonly string[] | undefined>>
    | undefined;
}

/**
 * The headers of a message as received: in order, with their spelling, one line per value. It is immutable; methods that change
 * headers return a new list.
 *
 * @example
 * const headers = new HeaderList(["Accept", "text/html", "X-Tier", "gold"]);
 * console.log(headers.get("x-tier"), headers.with("X-Tier", "silver").lines);
 *
 * @category Gateway
 */
export class HeaderList {
  /** Name, value, name, value, as received. */
  readonly lines: readonly string[];

  #names: readonly string[] | undefined;

  /**
   * Creates a list.
   *
   * @param lines - Name, value, name, value. Defaults to an empty list.
   */
  constructor(lines: readonly string[] = []) {
    this.lines = lines;
  }

  /** The name of each line, in lower case. */
  get #lower(): readonly string[] {
    if (this.#names) return this.#names;
    const names: string[] = [];
    for (let at = 0; at < this.lines.length; at += 2)
      names.push((this.lines[at] ?? "").toLowerCase());
    this.#names = names;
    return names;
  }

  /** Whether there is a header of this name, in any case. */
  has(name: string): boolean {
    return this.#lower.includes(name.toLowerCase());
  }

  /** Every value of this name, in order. */
  getAll(name: string): string[] {
    const wanted = name.toLowerCase();
    const values: string[] = [];
    for (let at = 0; at < this.#lower.length; at++)
      if (this.#lower[at] === wanted) values.push(this.lines[2 * at + 1] ?? "");
    return values;
  }

  /**
   * The values of this name as one string, joined by `, `, or by `; ` for `Cookie`
   * ({@link https://www.rfc-editor.org/rfc/rfc9110.html#section-5.3 | RFC 9110, 5.3}). `undefined` if there is none.
   */
  get(name: string): string | undefined {
    const values = this.getAll(name);
    if (values.length < 2) return values[0];
    return values.join(name.toLowerCase() === "cookie" ? "; " : ", ");
  }

  /** Every name once, in lower case and in order. */
  names(): string[] {
    return [...new Set(this.#lower)];
  }

  /** Sets a header, at the position of its first value or at the end. */
  with(name: string, value: string | readonly string[]): HeaderList {
    return this.edit({ set: { [name]: value } });
  }

  /** Removes headers. The names in a `Set` must be in lower case. */
  without(names: readonly string[] | ReadonlySet<string>): HeaderList {
    const drop =
      names instanceof Set
        ? (names as ReadonlySet<string>)
        : new Set([...names].map((name) => name.toLowerCase()));
    const kept = this.#lower.filter((name) => !drop.has(name));
    if (kept.length === this.#lower.length) return this;
    const list = new HeaderList(
      this.lines.filter((_, at) => !drop.has(this.#lower[at >> 1] ?? "")),
    );
    list.#names = kept;
    return list;
  }

  /** Removes and sets headers in one pass. A name in both is set. */
  edit({ drop, set = {} }: HeaderEdit): HeaderList {
    const replacements = new Map<
      string,
      readonly [string, readonly string[]]
    >();
    for (const [name, value] of Object.entries(set))
      if (value !== undefined)
        replacements.set(name.toLowerCase(), [
          name,
          typeof value === "string" ? [value] : value,
        ]);
    const written = new Set<string>();
    const lines: string[] = [];
    const write = (
      name: string,
      key: string,
      values: readonly string[],
    ): void => {
      if (written.has(key)) return;
      written.add(key);
      for (const value of values) lines.push(name, value);
    };
    for (let at = 0; at < this.#lower.length; at++) {
      const key = this.#lower[at] ?? "";
      const entry = replacements.get(key);
      if (entry) write(entry[0], key, entry[1]);
      else if (!drop?.has(key))
        lines.push(this.lines[2 * at] ?? "", this.lines[2 * at + 1] ?? "");
    }
    for (const [key, [name, values]] of replacements) write(name, key, values);
    return new HeaderList(lines);
  }
}

/** Adds values to those of a `Vary` header, without repeating any. */
export function mergeVary(
  current: string | undefined,
  added: string | readonly string[],
): string {
  const all = [current ?? "", ...[added].flat()]
    .flatMap((each) => each.split(","))
    .map((each) => each.trim())
    .filter(Boolean);
  if (all.includes("*")) return "*";
  const unique = new Map(all.map((each) => [each.toLowerCase(), each]));
  return [...unique.values()].join(", ");
}
