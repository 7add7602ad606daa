import { summarizeError } from "../summarizeError";
import { throwIssues } from "../throwIssues";
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

  /** What is being closed, because it has been replaced. */
  readonly #closing = new Set<Promise<void>>();

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
   *   A step of the router must not await it while it handles a request: it would wait for itself.
   *
   * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
   *
   * @example
   * await router.replace({ routes: { "GET /orders/{id}": newRoute } });
   */
  replace(options: RouterOptions): Promise<void> {
    const { router: old } = this.#current;
    if (old.lifetime.isClosed)
      throwIssues("replace", [
        {
          path: "router",
          rule: "closed",
          message: "the router has been closed; create another one",
        },
      ]);
    this.#current.router = compileRouter(options, {
      operation: "replace",
      unmatched: old.unmatched.usesNext ? "next" : "respond",
    });
    const closing = old.lifetime.close().finally(() => {
      this.#closing.delete(closing);
    });
    this.#closing.add(closing);
    // The caller does not have to wait for it.
    closing.catch((error: unknown) => {
      warnOnce(
        `Gateway: a route could not be closed (${summarizeError(error)})`,
        "a rejection handler on the promise of replace",
      );
    });
    return closing;
  }

  /**
   * Closes the router: new requests are refused with status 503, and requests in progress complete. Then its routes are closed, unless
   * another router has them as well.
   *
   * @returns A promise that resolves when everything has been closed, also what {@link replace} has replaced.
   *
   * @throws The first error that a step's `close` throws; everything else is closed nonetheless.
   */
  override async close(): Promise<void> {
    const { lifetime } = this.#current.router;
    await Promise.all([lifetime.close(), ...this.#closing]);
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
