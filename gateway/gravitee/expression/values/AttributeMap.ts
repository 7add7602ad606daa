import { MapLike } from "./MapLike";

const PREFIX = "gravitee.attribute.";

/**
 * The attributes of an exchange. A name that does not exist is looked up again with the prefix `gravitee.attribute.`.
 *
 * @example
 * const attributes = new AttributeMap(exchange.attributes);
 *
 * @category Gateway
 */
export class AttributeMap extends MapLike {
  readonly #attributes: ReadonlyMap<string, unknown>;

  /**
   * Creates a view of the stored attributes.
   *
   * @param attributes - The attributes, by their full names.
   */
  constructor(attributes: ReadonlyMap<string, unknown>) {
    super();
    this.#attributes = attributes;
  }

  /** The value of an attribute. Undefined if it does not exist. */
  get(name: string): unknown {
    return this.#attributes.has(name)
      ? this.#attributes.get(name)
      : this.#attributes.get(PREFIX + name);
  }

  /** The full names. */
  keys(): readonly string[] {
    return [...this.#attributes.keys()];
  }

  /** Whether the attribute exists. */
  override has(name: string): boolean {
    return this.#attributes.has(name) || this.#attributes.has(PREFIX + name);
  }
}
