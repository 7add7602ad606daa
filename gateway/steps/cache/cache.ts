import type { Clock } from "../../../src";
import { systemClock } from "../../../src/internal";
import { throwIssues } from "../../route/throwIssues";
import { CacheFlow } from "./CacheFlow";
import type { CacheOptions, CacheStep } from "./CacheOptions";
import { findCacheIssues } from "./cacheRules";

/**
 * Creates a step that caches responses of the origin in memory, as a shared HTTP cache does (RFC 9111). It runs around the origin, so that
 * the handlers of all steps run for every request, also if its response is cached: guards stay effective wherever the step is in the list.
 * Responses of steps are not cached.
 *
 * If several requests need the same response, one of them is sent to the origin, and the others wait for it. The responses to `If-None-Match`
 * and `If-Modified-Since` are made from the cache. A successful request with a method such as `POST` removes the responses for its URL.
 *
 * A response is not cached if it has `Set-Cookie`, `Vary: *`, or one of the directives `no-store`, `private` and `no-cache`; if it has no
 * lifetime; if its status is not 200, 203, 204, 300, 301, 308, 404 or 410; or if it is incomplete. One without `public` or `s-maxage` is only
 * used for requests with the same `Cookie`, API key, and headers that steps have set. No response is used for another `Authorization`,
 * `X-Api-Key`, or header with which frameworks change the URL.
 *
 * The cache is in the memory of this process. It is empty when the process starts, and other processes do not see what is removed from it.
 *
 * @param hooks - Clock for tests. Defaults to the machine's clock.
 * @throws `ERR_INVALID_INPUT`, which names each option that breaks a rule.
 *
 * @example
 * const route = createRoute({
 *   steps: [cache({ ttlMs: 10_000, statusHeader: "X-Cache" })],
 *   origin: "http://127.0.0.1:3000",
 * });
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9111.html | RFC 9111: HTTP Caching}
 *
 * @category Gateway
 */
export function cache(
  options: CacheOptions = {},
  { clock = systemClock }: { readonly clock?: Clock | undefined } = {},
): CacheStep {
  throwIssues("cache", findCacheIssues(options));
  const flow = new CacheFlow(options, clock);
  const clear = (): void => {
    flow.clear();
  };
  return {
    name: options.name ?? "cache",
    aroundOrigin: (exchange, origin) => flow.run(exchange, origin),
    close: clear,
    clear,
    inspect: () => flow.inspect(),
  };
}
