import type { RouteDefinition } from "./RouteDefinition";

/**
 * Steps around an origin, ready for an adapter. Create one with {@link createRoute}. It has no public members.
 *
 * @category Gateway
 */
export class Route {
  readonly #definition: RouteDefinition;

  private constructor(definition: RouteDefinition) {
    this.#definition = definition;
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
