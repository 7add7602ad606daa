/** Properties by name, each worked out of what the bean stands for. */
export type BeanProperties<Target> = Readonly<
  Record<string, (target: Target) => unknown>
>;

/**
 * A variable whose properties are worked out when an expression reads them. An unknown property is an error.
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
  /** What it is called in errors. */
  abstract readonly beanName: string;

  /** Whether it has that property. */
  abstract has(property: string): boolean;

  /** The value of a property that it has; worked out at each call. */
  abstract read(property: string): unknown;

  /** The names of its properties. */
  abstract names(): readonly string[];
}

/**
 * What makes beans of one kind.
 *
 * @param beanName - What it is called in errors, for example `request`.
 * @param properties - How each property is worked out.
 *
 * @category Gateway
 */
export function beanOf<Target>(
  beanName: string,
  properties: BeanProperties<Target>,
): (target: Target) => Bean {
  const known = new Map(Object.entries(properties));
  class Kind extends Bean {
    readonly beanName = beanName;
    readonly #target: Target;

    constructor(target: Target) {
      super();
      this.#target = target;
    }

    has(property: string): boolean {
      return known.has(property);
    }

    read(property: string): unknown {
      return known.get(property)?.(this.#target);
    }

    names(): readonly string[] {
      return [...known.keys()];
    }
  }
  return (target) => new Kind(target);
}
