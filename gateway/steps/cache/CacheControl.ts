/** Directives with their values. The pattern takes linear time. */
const DIRECTIVE =
  /([!#$%&'*+.^_`|~\w-]+)(?:[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^\s,]*))?/g;

/** Longest time that is calculated with, in seconds: RFC 9111, 1.2.2. */
const MAX_SECONDS = 2 ** 31;

/** The directives of a `Cache-Control` header. */
export class CacheControl {
  readonly #directives = new Map<string, string>();

  constructor(value = "") {
    for (const [, name = "", argument = ""] of value.matchAll(DIRECTIVE)) {
      const key = name.toLowerCase();
      // Of contradicting values, the first counts.
      if (!this.#directives.has(key)) this.#directives.set(key, argument);
    }
  }

  has(name: string): boolean {
    return this.#directives.has(name);
  }

  /** A time in seconds. One that is not valid is 0, so that the response is stale. */
  seconds(name: string): number | undefined {
    const value = this.#directives.get(name);
    if (value === undefined) return undefined;
    const [, digits] = /^"?(\d+)"?$/.exec(value) ?? [];
    return digits === undefined ? 0 : Math.min(Number(digits), MAX_SECONDS);
  }
}
