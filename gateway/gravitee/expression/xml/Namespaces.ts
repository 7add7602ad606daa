export const XML = "http://www.w3.org/XML/1998/namespace";
export const XMLNS = "http://www.w3.org/2000/xmlns/";

/** The namespaces that an element declares, and those of the elements around it. */
export class Namespaces {
  readonly #parent: Namespaces | undefined;
  readonly #uris: ReadonlyMap<string, string>;

  constructor(uris: ReadonlyMap<string, string>, parent?: Namespaces) {
    this.#uris = uris;
    this.#parent = parent;
  }

  /** The namespaces inside an element that declares some. */
  with(uris: ReadonlyMap<string, string>): Namespaces {
    return uris.size === 0 ? this : new Namespaces(uris, this);
  }

  /** The namespace of a prefix; of the empty prefix, the default namespace. Undefined if it is not declared. */
  uriOf(prefix: string): string | undefined {
    if (prefix === "xml") return XML;
    if (prefix === "xmlns") return XMLNS;
    return this.#uris.get(prefix) ?? this.#parent?.uriOf(prefix);
  }
}
