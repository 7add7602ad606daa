/**
 * The route of a router that a request matched.
 *
 * @category Gateway
 */
export interface RouteMatch {
  /** Key of the route, as it is configured: `GET /orders/{id}` or `$default`. */
  readonly key: string;

  /** Path pattern of the route: `/orders/{id}`. Empty for `$default`. */
  readonly pattern: string;

  /** The path parameters as the client spelled them, by name. `{name+}` has the rest of the path, without a leading slash. */
  readonly parameters: Readonly<Record<string, string>>;

  /** The path parameters, percent-decoded. A parameter that cannot be decoded stays as the client spelled it. */
  readonly decodedParameters: Readonly<Record<string, string>>;

  /** The stage variables of the router, by name. */
  readonly stageVariables: Readonly<Record<string, string>>;
}
