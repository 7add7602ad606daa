import { warnOnce } from "../warnOnce";
import { Route } from "../Route";
import { compileRouter, type CompiledRouter } from "./compileRouter";
import type { RouterOptions } from "./RouterOptions";

/**
 * A route that chooses one of several routes by method and path. Create one with {@link createRouter}.
 *
 * @category Gateway
 */
export class Router extends Route {
  readonly #current: { router: CompiledRouter };

  private constructor(current: { router: CompiledRouter }) {
    super({
      ...current.router.unmatched,
      select: (exchange) => current.router.select(exchange),
    });
    this.#current = current;
  }

  /**
   * Replaces all options of the router at once: requests that arrive afterwards use the new ones, requests in progress complete with the
   * old ones. Nothing changes if the new options are not valid. Routes that the new options do not contain are closed.
   *
   * @param options - All options. `unmatched` must be the same as before.
   * @returns A promise that resolves when the requests in progress have completed, and the routes that are no longer used have been closed.
   *
   * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
   *
   * @example
   * await router.replace({ routes: { "GET /orders/{id}": newRoute } });
   */
  replace(options: RouterOptions): Promise<void> {
    const { router: old } = this.#current;
    this.#current.router = compileRouter(options, {
      operation: "replace",
      unmatched: old.unmatched.usesNext ? "next" : "respond",
    });
    const closed = old.unmatched.lifetime.close();
    // The caller does not have to wait for it.
    closed.catch((error: unknown) => {
      warnOnce(
        `Gateway: a route could not be closed (${error instanceof Error ? error.name : "a value that is not an Error was thrown"})`,
        "close of the step or origin so that it does not throw",
      );
    });
    return closed;
  }

  override close(): Promise<void> {
    return this.#current.router.unmatched.lifetime.close();
  }

  /**
   * Creates a router.
   *
   * @internal
   */
  static from(options: RouterOptions): Router {
    return new Router({
      router: compileRouter(options, { operation: "createRouter" }),
    });
  }
}
