/** What is to be different about headers. */
export interface HeaderEdit {
  /** Names to leave out, in lower case. Absent: none. */
  readonly drop?: ReadonlySet<string>;

  /** What stands in place of whatever has that name, else at the end; `undefined` leaves it as it is. Absent: nothing. */
  readonly set?: Readonly<
    Record<string, string | readonly string[] | undefined>
  >;
}

/**
 * The headers of a message, as they stand on the wire: in order, in their own spelling, a line for each value. It does not
 * change; what changes it answers a new one.
 *
 * @example
 * const headers = new HeaderList(["Accept", "text/html", "X-Tier", "gold"]);
 * console.log(headers.get("x-tier"), headers.with("X-Tier", "silver").lines);
 *
 * @category Gateway
 */
export class HeaderList {
  /** Name, value, name, value, as they came. */
  readonly lines: readonly string[];

  #names: readonly string[] | undefined;

  /**
   * Makes a list of lines.
   *
   * @param lines - Name, value, name, value. Absent: none.
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

  /** Whether there is a header of that name. */
  has(name: string): boolean {
    return this.#lower.includes(name.toLowerCase());
  }

  /** Each value of that name, in order; empty where there is none. */
  all(name: string): string[] {
    const wanted = name.toLowerCase();
    const values: string[] = [];
    for (let at = 0; at < this.#lower.length; at++)
      if (this.#lower[at] === wanted) values.push(this.lines[2 * at + 1] ?? "");
    return values;
  }

  /**
   * The values of that name as one: joined by `, `, those of `Cookie` by `; `, as
   * {@link https://www.rfc-editor.org/rfc/rfc9110.html#section-5.3 | RFC 9110} allows. Absent: there is none.
   */
  get(name: string): string | undefined {
    const values = this.all(name);
    if (values.length < 2) return values[0];
    return values.join(name.toLowerCase() === "cookie" ? "; " : ", ");
  }

  /** The names in lower case, each once, in order. */
  names(): string[] {
    return [...new Set(this.#lower)];
  }

  /** The same headers, but with this value for that name, where the first of that name was, else at the end. */
  with(name: string, value: string | readonly string[]): HeaderList {
    return this.edit({ set: { [name]: value } });
  }

  /** The same headers, but for those of these names; a set has them in lower case. */
  without(names: readonly string[] | ReadonlySet<string>): HeaderList {
    const drop =
      names instanceof Set
        ? (names as ReadonlySet<string>)
        : new Set([...names].map((name) => name.toLowerCase()));
    const kept = this.#lower.filter((name) => !drop.has(name));
    if (kept.length === this.#lower.length) return this;
    const left = new HeaderList(
      this.lines.filter((_, at) => !drop.has(this.#lower[at >> 1] ?? "")),
    );
    left.#names = kept;
    return left;
  }

  /** The same headers with all of that at once. A name that is dropped and set is there, where the first of that name was. */
  edit({ drop, set = {} }: HeaderEdit): HeaderList {
    const own = new Map<string, readonly [string, readonly string[]]>();
    for (const [name, value] of Object.entries(set))
      if (value !== undefined)
        own.set(name.toLowerCase(), [
          name,
          typeof value === "string" ? [value] : value,
        ]);
    const said = new Set<string>();
    const lines: string[] = [];
    const say = (
      name: string,
      key: string,
      values: readonly string[],
    ): void => {
      if (said.has(key)) return;
      said.add(key);
      for (const value of values) lines.push(name, value);
    };
    for (let at = 0; at < this.#lower.length; at++) {
      const key = this.#lower[at] ?? "";
      const entry = own.get(key);
      if (entry) say(entry[0], key, entry[1]);
      else if (!drop?.has(key))
        lines.push(this.lines[2 * at] ?? "", this.lines[2 * at + 1] ?? "");
    }
    for (const [key, [name, values]] of own) say(name, key, values);
    return new HeaderList(lines);
  }
}
