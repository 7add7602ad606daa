import type { Exchange } from "../../http/Exchange";
import type { Step } from "../../route/Step";

/**
 * Options of {@link cache}.
 *
 * @category Gateway
 */
export interface CacheOptions {
  /** Name of the step. Defaults to `cache`. */
  readonly name?: string | undefined;

  /**
   * How long a response is used if the origin does not say so with `Cache-Control` or `Expires`, in milliseconds, an integer from 0 to
   * 31,536,000,000. Defaults to 0: such a response is not cached.
   */
  readonly ttlMs?: number | undefined;

  /**
   * Returns the key of the resource that a request is for, or `undefined` to send the request past the cache. Requests with the same key
   * receive the same response, apart from what `Vary`, `vary`, and the personal parts of a request distinguish. It is also called for
   * requests that change something, whose key is removed from the cache. Defaults to the complete URL.
   */
  readonly key?:
    | ((exchange: Exchange) => string | undefined | Promise<string | undefined>)
    | undefined;

  /** Request headers on which responses depend, besides those that the origin names in `Vary`. Defaults to none. */
  readonly vary?: readonly string[] | undefined;

  /**
   * Methods whose responses are cached. Others than `GET` and `HEAD` need `key`, which must include what the response depends on, for example
   * the body. Defaults to `GET` and `HEAD`.
   */
  readonly methods?: readonly string[] | undefined;

  /**
   * Memory for cached responses, in bytes, an integer from 1 to 2^53 - 1. The least recently used are evicted. Responses that are arriving
   * or that clients have not read yet use at most as much again. Defaults to 67,108,864 (64 MiB).
   */
  readonly maxBytes?: number | undefined;

  /** Longest body that is cached, in bytes, at most `maxBytes`. Defaults to 1,048,576 (1 MiB), as API Gateway's largest entry. */
  readonly maxEntryBytes?: number | undefined;

  /**
   * What the `Cache-Control` header of a request does. `ignore`: nothing. `honor`: `no-store` sends the request past the cache; `no-cache`
   * and `max-age=0` replace the cached response; `only-if-cached` never calls the origin, but responds with 504. Any client can then make
   * the gateway call the origin. Defaults to `ignore`.
   */
  readonly clientDirectives?: "ignore" | "honor" | undefined;

  /** Header of responses with `HIT`, `MISS` or `BYPASS`, for example `X-Cache`. Defaults to none. */
  readonly statusHeader?: string | undefined;
}

/**
 * What a cache keeps.
 *
 * @category Gateway
 */
export interface CacheReport {
  /** Number of cached responses. */
  readonly entries: number;

  /** Memory that they use, in bytes. It is estimated, and includes URLs and headers. */
  readonly bytes: number;

  /** The limit of `bytes`. */
  readonly maxBytes: number;
}

/**
 * A step that caches responses.
 *
 * @category Gateway
 */
export interface CacheStep extends Step {
  /** Returns how much is cached. */
  inspect(): CacheReport;

  /** Removes all responses. Responses that are arriving are not cached either. */
  clear(): void;
}
