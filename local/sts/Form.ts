import { parseQuery } from "../http/parseQuery";

/** Form body of a request in the query protocol. */
export class Form {
  readonly #fields: ReadonlyMap<string, string>;

  constructor(body: Uint8Array) {
    const text = Buffer.from(body).toString("utf8").replaceAll("+", "%20");
    this.#fields = new Map(parseQuery(text));
  }

  /** Returns a field, or undefined if it is missing. */
  get(name: string): string | undefined {
    return this.#fields.get(name);
  }

  /** Whether the form has a field or a list with this name. */
  has(name: string): boolean {
    return [...this.#fields].some(
      ([key, value]) =>
        key.startsWith(`${name}.`) || (key === name && value !== ""),
    );
  }

  /** Returns the members of a list of strings. */
  list(name: string): string[] {
    return this.#members(name).map(({ value }) => value);
  }

  /** Returns the members of a list of structures. */
  records(name: string): Map<string, string>[] {
    const records = new Map<string, Map<string, string>>();
    for (const { index, rest, value } of this.#members(name)) {
      const record = records.get(index) ?? new Map<string, string>();
      records.set(index, record.set(rest, value));
    }
    return [...records.values()];
  }

  #members(name: string): { index: string; rest: string; value: string }[] {
    const prefix = `${name}.member.`;
    return [...this.#fields]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => {
        const [index = "", rest = ""] = key.slice(prefix.length).split(".");
        return { index, rest, value };
      });
  }
}
