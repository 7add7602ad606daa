import type { Clock } from "../../../src";
import { Body } from "../../http/Body";
import type { Exchange } from "../../http/Exchange";
import type { GatewayRequest } from "../../http/GatewayRequest";
import { GatewayResponse } from "../../http/GatewayResponse";
import { HeaderList } from "../../http/HeaderList";
import type { AroundOrigin } from "../../route/Step";
import { CacheControl } from "./CacheControl";
import type { CacheOptions, CacheReport } from "./CacheOptions";
import { CacheRequest, toResource } from "./CacheRequest";
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRY_BYTES } from "./cacheRules";
import { CacheStore } from "./CacheStore";
import { isNotModified, toNotModified } from "./evaluateConditions";
import { Flights } from "./Flight";
import { OriginFetcher, type Fetching } from "./OriginFetcher";
import { withHostHeaders } from "./hostHeaders";
import { resourcesIn } from "./resourcesIn";

/** How often a request waits for others, before it goes to the origin itself. */
const MAX_WAITS = 3;

/** Methods that change nothing. All others invalidate. */
const SAFE = new Set([
  "GET",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "PROPFIND",
  "QUERY",
  "REPORT",
  "SEARCH",
]);

type Status = "hit" | "miss" | "bypass";

/** A request that the cache can answer. */
interface Lookup {
  readonly exchange: Exchange;
  readonly origin: AroundOrigin;
  readonly request: CacheRequest;
  readonly resource: string;
  readonly directives: CacheControl;
}

/** Runs the requests of a step through its cache. */
export class CacheFlow {
  readonly #options: CacheOptions;
  readonly #methods: readonly string[];
  readonly #vary: readonly string[];
  readonly #clock: Clock;
  readonly #store: CacheStore;
  readonly #flights = new Flights();
  readonly #fetcher: OriginFetcher;

  constructor(options: CacheOptions, clock: Clock) {
    const { maxBytes = DEFAULT_MAX_BYTES, vary = [], ttlMs = 0 } = options;
    const { maxEntryBytes = Math.min(DEFAULT_MAX_ENTRY_BYTES, maxBytes) } =
      options;
    this.#options = options;
    this.#methods = options.methods ?? ["GET", "HEAD"];
    this.#vary = vary.map((name) => name.toLowerCase());
    this.#clock = clock;
    this.#store = new CacheStore(maxBytes);
    this.#fetcher = new OriginFetcher({
      settings: { ttlMs, vary: this.#vary, maxEntryBytes },
      store: this.#store,
      flights: this.#flights,
      clock,
    });
  }

  inspect(): CacheReport {
    const { entries, bytes, maxBytes } = this.#store;
    return { entries, bytes, maxBytes };
  }

  clear(): void {
    this.#store.clear();
    this.#flights.outdateAll();
  }

  /** Responds to a request, with the origin or without it. */
  async run(
    exchange: Exchange,
    origin: AroundOrigin,
  ): Promise<GatewayResponse> {
    const { method, body } = exchange.request;
    if (!this.#methods.includes(method)) return this.#pass(exchange, origin);
    const request = new CacheRequest(exchange, {
      routeId: origin.routeId,
      hasOwnKey: this.#options.key !== undefined,
    });
    const directives = this.#readDirectives(request);
    const hasBody =
      (method === "GET" || method === "HEAD") && body.length !== 0;
    const resource =
      hasBody || request.mustBypass || directives.has("no-store")
        ? undefined
        : await this.#resourceOf(exchange);
    return resource === undefined
      ? this.#label(exchange, await origin.call(), "bypass")
      : this.#respond({ exchange, origin, request, resource, directives });
  }

  async #respond(lookup: Lookup): Promise<GatewayResponse> {
    const { exchange, directives } = lookup;
    for (let waits = 0; waits < MAX_WAITS; waits++) {
      const hit = this.#find(lookup);
      if (hit) return this.#label(exchange, hit, "hit");
      if (directives.has("only-if-cached"))
        return this.#label(exchange, createGatewayTimeout(), "miss");
      const key = this.#keyOf(lookup);
      if (this.#store.isUncacheable(key)) break;
      const flight = this.#flights.find(key);
      if (!flight) return this.#fetch(lookup, { key, isJoinable: true });
      if (directives.has("no-cache")) break;
      if ((await flight.wait(exchange)) === "unusable") break;
    }
    return this.#fetch(lookup, { key: this.#keyOf(lookup), isJoinable: false });
  }

  async #fetch(
    lookup: Lookup,
    flight: Pick<Fetching, "key" | "isJoinable">,
  ): Promise<GatewayResponse> {
    const response = await this.#fetcher.fetch({ ...lookup, ...flight });
    return this.#label(lookup.exchange, response, "miss");
  }

  /** The cached response, or 304 if the client has it. */
  #find({
    exchange,
    request,
    resource,
    directives,
  }: Lookup): GatewayResponse | undefined {
    if (directives.has("no-cache")) return undefined;
    const now = this.#clock.now();
    const { method } = exchange.request;
    const found = this.#store.find(resource, request, { method, now });
    const maxAge = directives.seconds("max-age") ?? Infinity;
    if (!found || found.age(now) > maxAge || maxAge === 0) return undefined;
    const response = withHostHeaders(found.toResponse(now), exchange);
    return request.isConditional && isNotModified(response, request)
      ? toNotModified(response)
      : response;
  }

  /** Requests with the same key wait for one response. Before the first one, nothing is known about what it varies by. */
  #keyOf({ exchange, request, resource }: Lookup): string {
    const rule = this.#store.ruleOf(resource) ?? {
      names: this.#vary,
      isPersonal: true,
    };
    return `${request.variantKey(exchange.request.method, rule)} ${resource}`;
  }

  /** The directives of the request that count. */
  #readDirectives(request: CacheRequest): CacheControl {
    if (this.#options.clientDirectives !== "honor") return NO_DIRECTIVES;
    const control = request.header("cache-control");
    // `Pragma` is the `Cache-Control` of HTTP/1.0.
    return new CacheControl(control ?? request.header("pragma"));
  }

  /** Key of what a request is for. It is the same in all routes, so that a request to one of them invalidates the responses of others. */
  async #resourceOf(exchange: Exchange): Promise<string | undefined> {
    return this.#options.key
      ? this.#options.key(exchange)
      : urlOf(exchange.request);
  }

  /** Passes a request past the cache. One that may have changed something invalidates: RFC 9111, 4.4. */
  async #pass(
    exchange: Exchange,
    origin: AroundOrigin,
  ): Promise<GatewayResponse> {
    const { request, originalRequest } = exchange;
    if (SAFE.has(request.method))
      return this.#label(exchange, await origin.call(), "bypass");
    const resource = await this.#resourceOf(exchange);
    const own = [resource ?? []].flat();
    const known = this.#options.key ? own : [...own, urlOf(originalRequest)];
    let response: GatewayResponse;
    try {
      response = await origin.call();
    } catch (error) {
      // The client has left, or the origin has failed: it may have changed something nonetheless.
      this.#invalidate(known);
      throw error;
    }
    if (response.status < 400)
      this.#invalidate(
        this.#options.key
          ? known
          : [...known, ...resourcesIn(response, request)],
      );
    return this.#label(exchange, response, "bypass");
  }

  #invalidate(resources: readonly string[]): void {
    for (const each of resources) {
      this.#store.delete(each);
      this.#flights.outdate(each);
    }
  }

  #label(
    exchange: Exchange,
    response: GatewayResponse,
    status: Status,
  ): GatewayResponse {
    exchange.attributes.set("cache", status);
    const { statusHeader } = this.#options;
    return statusHeader === undefined
      ? response
      : response.with({
          headers: response.headers.with(statusHeader, status.toUpperCase()),
        });
  }
}

const urlOf = (request: GatewayRequest): string =>
  toResource(request, `${request.mountPath}${request.url}`);

const NO_DIRECTIVES = new CacheControl();

const createGatewayTimeout = (): GatewayResponse =>
  new GatewayResponse({
    status: 504,
    headers: new HeaderList(),
    body: new Body(),
  });
