import type { RouteDefinition } from "./RouteDefinition";

/**
 * Steps around an origin, or a router, ready for an adapter. Create one with {@link createRoute} or {@link createRouter}.
 *
 * @category Gateway
 */
export class Route {
  readonly #definition: RouteDefinition;

  protected constructor(definition: RouteDefinition) {
    this.#definition = definition;
  }

  /**
   * Closes the route: new requests are refused with status 503, and requests in progress complete. Then its steps and its origin are
   * closed, unless another route that is open has them as well. Calling it again has no effect.
   *
   * @returns A promise that resolves when everything has been closed.
   *
   * @throws The first error that a step's `close` throws; the other steps are closed nonetheless.
   */
  async close(): Promise<void> {
    for (const lifetime of this.#definition.lifetimes) await lifetime.close();
  }

  /** Calls {@link close}, so that `await using route = createRoute(…)` closes the route. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Creates a route that runs a definition.
   *
   * @internal
   */
  static of(definition: RouteDefinition): Route {
    return new Route(definition);
  }

  /**
   * What a route runs.
   *
   * @internal
   */
  static definitionOf(route: Route): RouteDefinition {
    return route.#definition;
  }
}
