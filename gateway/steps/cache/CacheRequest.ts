import { cacheKey } from "../../../src/internal";
import type { Exchange } from "../../http/Exchange";
import type { GatewayRequest } from "../../http/GatewayRequest";

/**
 * Headers with which frameworks replace the method, the path, or the host of a URL. The response depends on them, whatever the origin says:
 * a client could otherwise put a response for its own host into the cache.
 */
const ROUTING_HEADERS = [
  "forwarded",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-forwarded-proto",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-host",
  "x-original-url",
  "x-rewrite-url",
];

/** Requests for a part, and those that must not be answered without the origin (RFC 9111, 4.3.2). */
const BYPASSING_HEADERS = ["range", "if-match", "if-unmodified-since"];

/** Conditions that the cache evaluates itself. */
export const CONDITIONAL_HEADERS = ["if-none-match", "if-modified-since"];

const KNOWN = new Set([
  ...ROUTING_HEADERS,
  ...BYPASSING_HEADERS,
  ...CONDITIONAL_HEADERS,
  "authorization",
  "cookie",
  "cache-control",
  "pragma",
]);

/** Headers that trace a request. They differ in every request, and do not change the response. */
const TRACING =
  /^(?:traceparent|tracestate|baggage|x-request-id|x-correlation-id|x-amzn-trace-id|x-cloud-trace-context|b3|x-b3-.+)$/;

/** Rules by which the responses of a resource are distinguished. */
export interface VariantRule {
  /** Names of request headers, in lower case and sorted. */
  readonly names: readonly string[];

  /** Whether a response is only for requests with the same personal parts. */
  readonly isPersonal: boolean;
}

/** A request, as far as the cache needs it. */
export class CacheRequest {
  readonly #request: GatewayRequest;
  readonly #arrived: GatewayRequest;
  readonly #apiKey: unknown;
  readonly #known: ReadonlyMap<string, string>;

  constructor({ request, originalRequest, attributes }: Exchange) {
    this.#request = request;
    this.#arrived = originalRequest;
    this.#apiKey = attributes.get("apiKey");
    this.#known = readKnown(request);
  }

  /** A header that the cache knows. */
  header(name: string): string | undefined {
    return this.#known.get(name);
  }

  /** Whether the request must reach the origin unchanged. */
  get mustBypass(): boolean {
    return BYPASSING_HEADERS.some((name) => this.#known.has(name));
  }

  get isConditional(): boolean {
    return CONDITIONAL_HEADERS.some((name) => this.#known.has(name));
  }

  /** Key of the response for this request among those of its resource. It contains no values. */
  variantKey(kind: string, { names, isPersonal }: VariantRule): string {
    const routing = ROUTING_HEADERS.filter((name) => this.#known.has(name));
    const personal = isPersonal
      ? this.#personalParts()
      : // Even a shared response to a request with it is only for requests with the same.
        [this.#known.get("authorization")];
    if (
      names.length === 0 &&
      routing.length === 0 &&
      personal.every((part) => part === undefined)
    )
      return kind;
    return cacheKey(
      "response",
      kind,
      names.map((name) => [name, this.#request.headers.get(name)]),
      routing.map((name) => [name, this.#known.get(name)]),
      personal,
    );
  }

  /** What identifies a client, and what steps have added: an origin may use it without naming it in `Vary`. */
  #personalParts(): readonly (string | undefined)[] {
    const parts = [
      this.#known.get("authorization"),
      this.#known.get("cookie"),
      typeof this.#apiKey === "string" ? this.#apiKey : undefined,
    ];
    const { headers } = this.#request;
    const { headers: arrived } = this.#arrived;
    if (headers === arrived) return parts;
    for (const name of headers.names()) {
      const value = headers.get(name);
      if (value !== arrived.get(name) && !TRACING.test(name))
        parts.push(name, value);
    }
    return parts;
  }
}

/** The known headers, in one pass. */
function readKnown({
  headers: { lines },
}: GatewayRequest): Map<string, string> {
  const known = new Map<string, string>();
  for (let at = 0; at < lines.length; at += 2) {
    const name = (lines[at] ?? "").toLowerCase();
    if (!KNOWN.has(name)) continue;
    const before = known.get(name);
    const value = lines[at + 1] ?? "";
    known.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return known;
}

/** The key of a path on the server that a request is for, with its query. */
export const toResource = (
  { target = "", scheme, host = "" }: GatewayRequest,
  path: string,
): string => `${target} ${scheme}://${host.toLowerCase()}${path}`;
