import { cacheKey } from "../../../src/internal";
import type { Exchange } from "../../http/Exchange";
import type { GatewayRequest } from "../../http/GatewayRequest";
import { isUnusualName, toPlainName } from "../../http/headerNames";
import { sentParts } from "./sentParts";

/**
 * Headers with which frameworks replace the method, the path, the scheme or the host of a URL, and those that prove who the client is. The
 * response depends on them, whatever the origin says: a client could otherwise put a response for its own host into the cache.
 */
const ALWAYS_KEYED =
  /(?:^|-)forwarded(?:-|$)|^x-(?:original|rewrite)-|-override$|^x-http-method$|^x-(?:url-)?(?:scheme|host)$|^front-end-https$|^x-arr-ssl$|^x-script-name$|^x-envoy-original-path$|^x-ms-original-url$|^x-waws-unencoded-url$|^x-replaced-path$|^(?:base-url|request-uri)$|^(?:proxy-)?authorization$|(?:^|-)api-?key$|(?:^|-)(?:auth|access|session|security)-token$/;

/** Every proxy on the way writes it, so that it differs for all clients. It does not change the URL. */
const CLIENT_ADDRESSES = "x-forwarded-for";

/** Requests for a part, and those that must not be answered without the origin (RFC 9111, 4.3.2). */
const BYPASSING_HEADERS = ["range", "if-match", "if-unmodified-since"];

/** Conditions that the cache evaluates itself. */
export const CONDITIONAL_HEADERS = ["if-none-match", "if-modified-since"];

const KNOWN = new Set([
  ...BYPASSING_HEADERS,
  ...CONDITIONAL_HEADERS,
  "authorization",
  "cookie",
  "cache-control",
  "pragma",
]);

/** Rules by which the responses of a resource are distinguished. */
export interface VariantRule {
  /** Names of request headers, in lower case and sorted. */
  readonly names: readonly string[];

  /** Whether a response is only for requests with the same personal parts. */
  readonly isPersonal: boolean;
}

/** A request, as far as the cache needs it. */
export class CacheRequest {
  readonly #exchange: Exchange;
  readonly #request: GatewayRequest;
  readonly #route: string;
  readonly #known: ReadonlyMap<string, string>;
  /** What every response depends on, as name, value, name, value. */
  readonly #always: readonly string[];

  constructor(
    exchange: Exchange,
    {
      routeId,
      hasOwnKey,
    }: {
      readonly routeId: number;
      /** Whether a function says what a request is for, instead of its URL and target. */
      readonly hasOwnKey: boolean;
    },
  ) {
    this.#exchange = exchange;
    this.#request = exchange.request;
    const { target } = exchange.request;
    this.#route =
      hasOwnKey || target === undefined
        ? String(routeId)
        : `${routeId} ${target}`;
    const { known, always } = readHeaders(exchange.request);
    this.#known = known;
    this.#always = hasOwnKey ? always : [...always, ...unseenUrlOf(exchange)];
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
    const personal = isPersonal ? this.#personalParts() : [];
    if (
      names.length === 0 &&
      this.#always.length === 0 &&
      personal.every((part) => part === undefined)
    )
      return `${this.#route} ${kind}`;
    return cacheKey(
      "response",
      this.#route,
      kind,
      names.map((name) => [name, ...sentParts(this.#exchange, name)]),
      this.#always,
      personal,
    );
  }

  /** What identifies a client, and what steps have set: an origin may use it without naming it in `Vary`. */
  #personalParts(): readonly (string | undefined)[] {
    const { attributes, record } = this.#exchange;
    const apiKey = attributes.get("apiKey");
    const parts = [
      this.#known.get("cookie"),
      typeof apiKey === "string" ? apiKey : undefined,
    ];
    // Also one whose value the client has sent as well: the origin trusts it because of the step.
    for (const name of record.setHeaders)
      parts.push(name, this.#request.headers.get(name));
    return parts;
  }
}

/** The known headers, and those on which every response depends, in one pass. */
function readHeaders({ headers: { lines } }: GatewayRequest): {
  readonly known: Map<string, string>;
  readonly always: readonly string[];
} {
  const known = new Map<string, string>();
  const always: string[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const name = (lines[at] ?? "").toLowerCase();
    const value = lines[at + 1] ?? "";
    const plain = isUnusualName(name) ? toPlainName(name) : name;
    if (name !== CLIENT_ADDRESSES && ALWAYS_KEYED.test(plain))
      always.push(name, value);
    if (!KNOWN.has(name)) continue;
    const before = known.get(name);
    known.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return { known, always };
}

/** The URL of a Fetch request, if it is not the one that the gateway routes by, because its `Host` header is another one. */
function unseenUrlOf({ native, originalRequest }: Exchange): string[] {
  const { url } = Object(native) as { readonly url?: unknown };
  return typeof url === "string" &&
    /^https?:/i.test(url) &&
    url !== originalRequest.uri
    ? ["", url]
    : [];
}

/** The key of a path on the server that a request is for, with its query. */
export const toResource = (
  { scheme, host = "" }: GatewayRequest,
  path: string,
): string => `${scheme}://${host.toLowerCase()}${path}`;
