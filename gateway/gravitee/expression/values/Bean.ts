/** The properties of a bean by name, each with the function that computes it from the target. */
export type BeanProperties<Target> = Readonly<
  Record<string, (target: Target) => unknown>
>;

/**
 * A variable whose properties are computed when an expression reads them. Reading an unknown property is an error.
 *
 * @example
 * const toRequest = beanOf("request", {
 *   method: (request: GatewayRequest) => request.method,
 *   path: (request: GatewayRequest) => request.path,
 * });
 * const scope = { variables: { request: toRequest(exchange.request) } };
 *
 * @category Gateway
 */
export abstract class Bean {
  /** Its name in error messages. */
  abstract readonly beanName: string;

  /** Whether it has the property. */
  abstract has(property: string): boolean;

  /** Computes the value of a property. Undefined if it does not have the property. */
  abstract read(property: string): unknown;

  /** The names of its properties. */
  abstract names(): readonly string[];
}

/**
 * Creates a function that wraps a target in a bean.
 *
 * @param beanName - Its name in error messages, for example `request`.
 * @param properties - The functions that compute the properties, by name.
 *
 * @category Gateway
 */
export function beanOf<Target>(
  beanName: string,
  properties: BeanProperties<Target>,
): (target: Target) => Bean {
  const known = new Map(Object.entries(properties));
  class TargetBean extends Bean {
    readonly beanName = beanName;
    readonly #target: Target;

    /** The objects computed so far: reading a property for each element of a list computes it once. */
    #objects: Map<string, object> | undefined;

    constructor(target: Target) {
      super();
      this.#target = target;
    }

    has(property: string): boolean {
      return known.has(property);
    }

    read(property: string): unknown {
      const cached = this.#objects?.get(property);
      if (cached) return cached;
      const value = known.get(property)?.(this.#target);
      if (typeof value === "object" && value !== null) {
        this.#objects ??= new Map();
        this.#objects.set(property, value);
      }
      return value;
    }

    names(): readonly string[] {
      return [...known.keys()];
    }
  }
  return (target) => new TargetBean(target);
}
