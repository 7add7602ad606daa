import { MapLike } from "./MapLike";

const PREFIX = "gravitee.attribute.";

/**
 * The attributes of an exchange. A name that is not there is looked up once more with `gravitee.attribute.` before it.
 *
 * @example
 * const attributes = new AttributeMap(exchange.attributes);
 *
 * @category Gateway
 */
export class AttributeMap extends MapLike {
  readonly #attributes: ReadonlyMap<string, unknown>;

  /**
   * Makes it of what is stored.
   *
   * @param attributes - The attributes, by their whole names.
   */
  constructor(attributes: ReadonlyMap<string, unknown>) {
    super();
    this.#attributes = attributes;
  }

  /** The value of an attribute. Absent: there is none. */
  get(name: string): unknown {
    return this.#attributes.has(name)
      ? this.#attributes.get(name)
      : this.#attributes.get(PREFIX + name);
  }

  /** The whole names. */
  keys(): readonly string[] {
    return [...this.#attributes.keys()];
  }

  /** Whether there is such an attribute. */
  override has(name: string): boolean {
    return this.#attributes.has(name) || this.#attributes.has(PREFIX + name);
  }
}
