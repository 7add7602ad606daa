import type { RouteDefinition } from "./RouteDefinition";

/**
 * Steps around an origin, ready for an adapter. Create one with {@link createRoute}. It has no public members.
 *
 * @category Gateway
 */
export class Route {
  readonly #definition: RouteDefinition;

  /** @internal */
  constructor(definition: RouteDefinition) {
    this.#definition = definition;
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
