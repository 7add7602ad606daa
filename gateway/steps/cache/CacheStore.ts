import { cacheKey, LruMap } from "../../../src/internal";
import type { CacheRequest, VariantRule } from "./CacheRequest";
import type { StoredResponse } from "./StoredResponse";

/** The responses for one URL. */
interface Resource {
  rule: VariantRule;
  readonly variants: Set<string>;
}

interface Variant {
  readonly resource: string;
  readonly key: string;
  readonly response: StoredResponse;
}

/** Keys that are remembered because their responses cannot be cached. */
const MAX_UNCACHEABLE = 10_000;

/** The cached responses, by resource and what they vary by. */
export class CacheStore {
  readonly maxBytes: number;
  readonly #resources = new Map<string, Resource>();
  readonly #variants: LruMap<string, Variant>;
  /** Requests for these do not wait for each other: they would receive no common response. */
  readonly #uncacheable = new LruMap<string, true>({ max: MAX_UNCACHEABLE });
  #bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
    this.#variants = new LruMap({
      max: Infinity,
      maxWeight: maxBytes,
      weigh: weightOf,
      dispose: (variant) => {
        this.#forget(variant);
      },
    });
  }

  get entries(): number {
    return this.#variants.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How the responses of a resource are distinguished. `undefined` if none is cached. */
  ruleOf(resource: string): VariantRule | undefined {
    return this.#resources.get(resource)?.rule;
  }

  /** The cached response for a request, if it is fresh. `HEAD` can be answered with the response to `GET`. */
  find(
    resource: string,
    request: CacheRequest,
    { method, now }: { readonly method: string; readonly now: number },
  ): StoredResponse | undefined {
    const rule = this.ruleOf(resource);
    if (!rule) return undefined;
    for (const kind of method === "HEAD" ? ["GET", "HEAD"] : [method]) {
      const key = fullKey(resource, request.variantKey(kind, rule));
      const found = this.#variants.get(key);
      if (found?.response.isFresh(now)) return found.response;
      if (found) this.#variants.delete(key);
    }
    return undefined;
  }

  /** Stores a response. */
  set(
    resource: string,
    request: CacheRequest,
    {
      kind,
      rule,
      response,
    }: {
      readonly kind: string;
      readonly rule: VariantRule;
      readonly response: StoredResponse;
    },
  ): void {
    const merged = this.#mergeRule(resource, rule);
    const key = fullKey(resource, request.variantKey(kind, merged));
    this.#variants.delete(key);
    const entry = this.#resources.get(resource) ?? {
      rule: merged,
      variants: new Set(),
    };
    this.#resources.set(resource, entry);
    entry.variants.add(key);
    const variant = { resource, key, response };
    this.#bytes += weightOf(variant);
    this.#variants.set(key, variant);
  }

  /**
   * The rule for all responses of a resource. A response that varies by more than those before changes it, and they are removed, because
   * their keys do not distinguish them enough.
   */
  #mergeRule(resource: string, rule: VariantRule): VariantRule {
    const current = this.ruleOf(resource);
    if (!current) return rule;
    const names = [...new Set([...current.names, ...rule.names])].sort();
    const isPersonal = current.isPersonal || rule.isPersonal;
    if (
      names.length === current.names.length &&
      isPersonal === current.isPersonal
    )
      return current;
    this.delete(resource);
    return { names, isPersonal };
  }

  /** Remembers that the responses with a key cannot be cached. */
  markUncacheable(key: string): void {
    this.#uncacheable.set(shortKey(key), true);
  }

  unmarkUncacheable(key: string): void {
    this.#uncacheable.delete(shortKey(key));
  }

  isUncacheable(key: string): boolean {
    return this.#uncacheable.get(shortKey(key)) === true;
  }

  /** Removes all responses of a resource. */
  delete(resource: string): void {
    for (const key of [...(this.#resources.get(resource)?.variants ?? [])])
      this.#variants.delete(key);
  }

  clear(): void {
    this.#variants.clear();
    this.#uncacheable.clear();
  }

  #forget(variant: Variant): void {
    this.#bytes -= weightOf(variant);
    const { resource, key } = variant;
    const entry = this.#resources.get(resource);
    entry?.variants.delete(key);
    if (entry?.variants.size === 0) this.#resources.delete(resource);
  }
}

/** It is remembered without a response, so that nothing counts its length. */
const shortKey = (key: string): string => cacheKey("uncacheable", key);

const fullKey = (resource: string, variant: string): string =>
  `${variant} ${resource}`;

/** Keys are counted twice: the map has them, too. */
const weightOf = ({ resource, key, response }: Variant): number =>
  response.weight + resource.length + 2 * key.length;
