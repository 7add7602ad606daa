/** Names that are compared without regard to case. */
const same = (a: string, b: string): boolean =>
  a.length === b.length && a.toLowerCase() === b.toLowerCase();

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

  /**
   * Makes a list of lines.
   *
   * @param lines - Name, value, name, value. Absent: none.
   */
  constructor(lines: readonly string[] = []) {
    this.lines = lines;
  }

  /** Whether there is a header of that name. */
  has(name: string): boolean {
    return this.lines.some((line, at) => at % 2 === 0 && same(line, name));
  }

  /** Each value of that name, in order; empty where there is none. */
  all(name: string): string[] {
    return this.lines.filter(
      (_, at) => at % 2 === 1 && same(this.lines[at - 1] ?? "", name),
    );
  }

  /**
   * The values of that name as one: joined by `, `, those of `Cookie` by `; `, as
   * {@link https://www.rfc-editor.org/rfc/rfc9110.html#section-5.3 | RFC 9110} allows. Absent: there is none.
   */
  get(name: string): string | undefined {
    const values = this.all(name);
    if (values.length < 2) return values[0];
    return values.join(same(name, "cookie") ? "; " : ", ");
  }

  /** The names in lower case, each once, in order. */
  names(): string[] {
    const names = this.lines.filter((_, at) => at % 2 === 0);
    return [...new Set(names.map((name) => name.toLowerCase()))];
  }

  /** The same headers, but with this value for that name, where the first of that name was, else at the end. */
  with(name: string, value: string | readonly string[]): HeaderList {
    const own = [value].flat().flatMap((each) => [name, each]);
    const first = this.lines.findIndex(
      (line, at) => at % 2 === 0 && same(line, name),
    );
    if (first < 0) return new HeaderList([...this.lines, ...own]);
    const before = this.lines.slice(0, first);
    const after = new HeaderList(this.lines.slice(first)).without([name]);
    return new HeaderList([...before, ...own, ...after.lines]);
  }

  /** The same headers, but for those of these names. */
  without(names: Iterable<string>): HeaderList {
    const gone = new Set([...names].map((name) => name.toLowerCase()));
    const lines: string[] = [];
    for (let at = 0; at < this.lines.length; at += 2) {
      const name = this.lines[at] ?? "";
      if (!gone.has(name.toLowerCase()))
        lines.push(name, this.lines[at + 1] ?? "");
    }
    return lines.length === this.lines.length ? this : new HeaderList(lines);
  }
}
