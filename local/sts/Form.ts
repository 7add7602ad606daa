import { parseQuery } from "../http/parseQuery";

/** The form of a query-protocol request. */
export class Form {
  readonly #fields: ReadonlyMap<string, string>;

  constructor(body: Uint8Array) {
    const text = Buffer.from(body).toString("utf8").replaceAll("+", "%20");
    this.#fields = new Map(parseQuery(text));
  }

  /** One field. Absent: the form does not have it. */
  get(name: string): string | undefined {
    return this.#fields.get(name);
  }

  /** Whether the form has a field, or members of a list, of this name. */
  has(name: string): boolean {
    return [...this.#fields].some(
      ([key, value]) =>
        key.startsWith(`${name}.`) || (key === name && value !== ""),
    );
  }

  /** The members of a list of texts. */
  list(name: string): string[] {
    return this.#members(name).map(({ value }) => value);
  }

  /** The members of a list of structures, each by its own names. */
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
